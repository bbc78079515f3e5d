with source as (

    select * from {{ ref('obligations') }}

)

select
    obligation_code,
    form,
    applies_to_kind,
    agency_code,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to,
    frequency,
    task_codes,
    rule_vi,
    verified = 'yes' as verified,
    cast(sort_order as integer) as sort_order
from source
