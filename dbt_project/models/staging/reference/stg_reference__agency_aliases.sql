with source as (

    select * from {{ ref('agency_aliases') }}

)

select
    alias,
    agency_code,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to,
    reviewed_by,
    verified = 'yes' as verified
from source
