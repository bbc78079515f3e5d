with successions as (

    select * from {{ ref('stg_reference__agency_successions') }}

)

select
    predecessor_code,
    successor_code,
    effective_on,
    kind,
    kind in ('hop_nhat', 'sap_nhap', 'chia', 'tach', 'nhap_mot_phan', 'doi_ten') as carries_figures,
    legal_act,
    verified as is_verified,
    note
from successions
