-- The false-recruit detector (R2): starts at a successor on the day of a reorganisation that are people who moved with
-- their post. Who stood in a predecessor's newest staff list is no recruit; where there is no list to look into, as
-- many starts as the parameter says are too many. Only a corrected register changes this, never an explanation.
with decisions as (

    select * from {{ ref('int_recruitments__decisions') }}

),

successors as (

    select * from {{ ref('int_agencies__successors') }}

),

presence as (

    select * from {{ ref('int_staff__presence') }}

),

rules as (

    select false_recruit_min_starts, recruitment_forms from {{ ref('int_build__years') }}
    where is_reported

),

suspects as (

    select
        decisions.row_id,
        decisions.person_key,
        decisions.agency_code,
        decisions.event_on,
        successors.predecessor_code
    from decisions
    cross join rules
    inner join successors
        on decisions.agency_code = successors.successor_code and decisions.event_on = successors.effective_on
    where
        decisions.status = 'hieu_luc'
        and {{ listed('decisions.recruitment_form', 'rules.recruitment_forms') }}

),

lists as (

    select
        suspects.predecessor_code,
        suspects.event_on,
        max(presence.snapshot_on) as snapshot_on
    from (select distinct predecessor_code, event_on from suspects) as suspects
    inner join presence
        on suspects.predecessor_code = presence.agency_code and presence.snapshot_on < suspects.event_on
    group by suspects.predecessor_code, suspects.event_on

),

judged as (

    select
        suspects.row_id,
        suspects.person_key,
        suspects.agency_code,
        suspects.event_on,
        max(cast(lists.snapshot_on is not null as integer)) = 1 as has_list,
        max(cast(presence.person_key is not null as integer)) = 1 as was_there
    from suspects
    left join lists
        on suspects.predecessor_code = lists.predecessor_code and suspects.event_on = lists.event_on
    left join presence
        on
            suspects.person_key = presence.person_key
            and lists.predecessor_code = presence.agency_code
            and lists.snapshot_on = presence.snapshot_on
            and presence.staff_kind in ('cong_chuc', 'vien_chuc', 'can_bo_xa', 'cong_chuc_xa')
    group by suspects.row_id, suspects.person_key, suspects.agency_code, suspects.event_on

),

starts as (

    select
        agency_code,
        event_on,
        max(cast(has_list as integer)) = 1 as has_list,
        count(distinct person_key) as starts_count
    from judged
    group by agency_code, event_on

)

select
    judged.row_id,
    judged.was_there
from judged
inner join starts on judged.agency_code = starts.agency_code and judged.event_on = starts.event_on
cross join rules
where judged.was_there or (not starts.has_list and starts.starts_count >= rules.false_recruit_min_starts)
