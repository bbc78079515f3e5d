-- Each body as it is shown in the organisation of a given day (definitions R4, R5): forward along single
-- successions; where a body ended in several, the row "chưa phân bổ"; without a successor, the body itself
-- (body_code). A body that is yet to come is shown in the group of its predecessors that existed then.
with recursive structures as (

    select * from {{ ref('int_build__structures') }}

),

agencies as (

    select * from {{ ref('int_agencies__dated') }}

),

successors as (

    select * from {{ ref('int_agencies__successors') }}

),

walk as (

    select
        structures.structure_on,
        structures.structure_day,
        agencies.agency_code,
        agencies.agency_code as shown_code,
        agencies.valid_from,
        agencies.valid_to,
        0 as step
    from agencies
    cross join structures

    union all

    select
        walk.structure_on,
        walk.structure_day,
        walk.agency_code,
        agencies.agency_code as shown_code,
        agencies.valid_from,
        agencies.valid_to,
        walk.step + 1 as step
    from walk
    inner join successors
        on walk.shown_code = successors.predecessor_code and successors.successor_count = 1
    inner join agencies on successors.successor_code = agencies.agency_code
    where walk.valid_to <= walk.structure_day and walk.step < 9

),

ordered as (

    select
        *,
        row_number() over (partition by structure_on, agency_code order by step desc) as place
    from walk

),

last_step as (

    select * from ordered
    where place = 1

),

divided as (

    select distinct predecessor_code from successors
    where successor_count > 1

),

groups as (

    select * from {{ ref('int_agencies__groups') }}
    where until_on = (select max(year_end) from {{ ref('int_build__years') }})

),

moved as (

    select
        last_step.structure_on,
        last_step.structure_day,
        last_step.agency_code,
        last_step.valid_from > last_step.structure_day as is_yet_to_come,
        case
            when last_step.valid_to <= last_step.structure_day and divided.predecessor_code is not null
                then last_step.shown_code || '#chua_phan_bo'
            else last_step.shown_code
        end as body_code
    from last_step
    left join divided on last_step.shown_code = divided.predecessor_code

)

select
    moved.structure_on,
    moved.structure_day,
    moved.agency_code,
    moved.body_code,
    coalesce(groups.group_code, moved.body_code) as shown_code
from moved
left join groups
    on
        moved.is_yet_to_come
        and moved.structure_on = groups.structure_on
        and moved.body_code = groups.agency_code
