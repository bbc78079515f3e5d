-- Completed trainings of listed persons, with whether the person was a talent (decided, in service) on that day; an
-- event table keeps the trainings of those who left later.
with trainings as (

    select * from {{ ref('int_trainings__deduplicated') }}
    where is_completed

),

spells as (

    select * from {{ ref('int_talents__spells') }}

),

running as (

    select
        trainings.row_id,
        trainings.person_key,
        trainings.done_on,
        spells.clock_on,
        {{ is_talent_on('spells', 'trainings.done_on') }} as is_decided,
        row_number() over (
            partition by trainings.row_id
            order by spells.clock_on desc, spells.spell desc
        ) as place
    from trainings
    inner join spells on trainings.person_key = spells.person_key and trainings.done_on >= spells.clock_on

),

away as (

    select distinct running.row_id
    from running
    inner join {{ ref('int_talents__exits') }} as exits
        on
            running.person_key = exits.person_key
            and running.place = 1
            and exits.exit_on > running.clock_on
            and exits.exit_on <= running.done_on
            and (exits.back_on is null or exits.back_on > running.done_on)

)

select
    trainings.*,
    running.row_id is not null as is_after_clock,
    coalesce(running.is_decided, false) and away.row_id is null as is_talent_on_day
from trainings
inner join (select distinct person_key from spells) as persons on trainings.person_key = persons.person_key
left join running on trainings.row_id = running.row_id and running.place = 1
left join away on trainings.row_id = away.row_id
