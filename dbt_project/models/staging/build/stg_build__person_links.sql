with source as (

    select * from {{ source('build', 'person_links') }}

)

select
    identity_key,
    person_key,
    valid_from_record,
    undone_at
from source
