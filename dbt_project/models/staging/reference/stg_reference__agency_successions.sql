with source as (

    select * from {{ ref('agency_successions') }}

)

select
    predecessor_code,
    successor_code,
    cast(effective_on as date) as effective_on,
    kind,
    legal_act,
    verified = 'yes' as verified,
    note
from source
