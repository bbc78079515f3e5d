with source as (

    select * from {{ ref('task_owners') }}

)

select
    task_code,
    agency_code,
    applies_to_kind,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to,
    role,
    legal_act,
    verified = 'yes' as verified,
    note
from source
