-- What became of a body that ended. A transferred function moves people by list, a body that leaves the scope ends
-- its series: neither carries figures on.
with agencies as (

    select * from {{ ref('stg_reference__agencies') }}

),

successions as (

    select * from {{ ref('stg_reference__agency_successions') }}
    where kind in ('hop_nhat', 'sap_nhap', 'chia', 'tach', 'nhap_mot_phan', 'doi_ten')

),

mapping as (

    select distinct
        successions.predecessor_code,
        successions.successor_code,
        successions.effective_on
    from successions
    inner join agencies on successions.predecessor_code = agencies.agency_code
    where successions.effective_on >= agencies.valid_to

)

select
    predecessor_code,
    successor_code,
    effective_on,
    count(*) over (partition by predecessor_code) as successor_count
from mapping
