with successions as (

    select * from {{ ref('stg_reference__agency_successions') }}

),

edits as (

    select * from {{ ref('int_agencies__last_edits') }}
    where list = 'agency_successions'

)

select
    successions.predecessor_code,
    successions.successor_code,
    successions.effective_on,
    successions.kind,
    successions.kind in ('hop_nhat', 'sap_nhap', 'chia', 'tach', 'nhap_mot_phan', 'doi_ten') as carries_figures,
    successions.legal_act,
    successions.verified as is_verified,
    successions.note,
    edits.recorded_at,
    edits.edit_kind
from successions
left join edits
    on
        edits.row_key = successions.predecessor_code || '|' || successions.successor_code || '|'
        || cast(successions.effective_on as varchar) || '|' || successions.kind
