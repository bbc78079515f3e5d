with source as (

    select * from {{ ref('targets') }}

)

select
    indicator_code,
    reading,
    cast(reporting_year_from as integer) as reporting_year_from,
    cast(reporting_year_to as integer) as reporting_year_to,
    cast(target_value as decimal(18, 4)) as target_value,
    target_kind,
    target_level,
    cast(target_on as date) as target_on,
    target_text_vi,
    wording,
    cast(sort_order as integer) as sort_order
from source
