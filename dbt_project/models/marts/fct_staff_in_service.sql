-- The staff lists as counts: who is neither talent nor recruit is kept as a number only (definitions section 2).
with presence as (

    select * from {{ ref('int_staff__presence') }}

),

talents as (

    select distinct person_key from {{ ref('int_talents__spells') }}
    where decided_on is not null

),

recruits as (

    select distinct person_key from {{ ref('int_recruitments__classified') }}
    where is_recruit

)

select
    presence.snapshot_on,
    presence.agency_code,
    coalesce(presence.staff_kind, 'khong_ro') as staff_kind,
    coalesce(presence.status, 'khong_ro') as status,
    count(*) as persons_count,
    count(talents.person_key) as talents_count,
    count(recruits.person_key) as recruits_count
from presence
left join talents on presence.person_key = talents.person_key
left join recruits on presence.person_key = recruits.person_key
group by presence.snapshot_on, presence.agency_code, presence.staff_kind, presence.status
