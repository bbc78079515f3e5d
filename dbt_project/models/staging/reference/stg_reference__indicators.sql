with source as (

    select * from {{ ref('indicators') }}

)

select
    indicator_code,
    cast(sort_order as integer) as sort_order,
    name_vi,
    name_en,
    target_text_vi,
    definition_vi,
    definition_en,
    numerator_vi,
    denominator_vi,
    plan_section,
    plan_wording,
    denominator_name_vi,
    unit_vi,
    counted_unit_vi,
    roster_text_vi,
    grain,
    roster,
    target_level,
    direction,
    cast(decimals as integer) as decimals,
    cast(first_due_year as integer) as first_due_year,
    not_due_reason_vi,
    headline_reading,
    headline_period,
    cast(definition_version as integer) as definition_version,
    cast(valid_from as date) as valid_from
from source
