-- The body that a person's assignments lead to, from each body the person stood at, by each day that is asked: along
-- the registry where one body followed, by the decision where there is one (definitions R3). Only persons with a
-- decision, and only where one leads somewhere; everybody else follows the registry.
with recursive assignments as (

    select * from {{ ref('int_people__assignments') }}

),

days as (

    select distinct
        assignments.person_key,
        structures.structure_day as on_day
    from assignments
    cross join {{ ref('int_build__structures') }} as structures

    union

    select distinct
        assignments.person_key,
        least(periods.period_to, years.known_on) as on_day
    from assignments
    cross join {{ ref('int_build__years') }} as years
    inner join {{ ref('stg_reference__periods') }} as periods on years.reporting_year = periods.reporting_year

    union

    select distinct
        assignments.person_key,
        due.anniversary_on as on_day
    from assignments
    inner join {{ ref('int_talents__due') }} as due on assignments.person_key = due.person_key

),

bodies as (

    select person_key, agency_code from {{ ref('int_recruitments__decisions') }}
    where agency_code is not null
    union
    select person_key, sender_code as agency_code from {{ ref('int_talents__senders') }}

),

in_force as (

    select
        days.person_key,
        days.on_day,
        assignments.from_agency_code,
        assignments.to_agency_code,
        row_number() over (
            partition by days.person_key, days.on_day, assignments.from_agency_code
            order by assignments.effective_on desc, assignments.to_agency_code
        ) as place
    from days
    inner join assignments
        on days.person_key = assignments.person_key and days.on_day >= assignments.effective_on

),

walk as (

    select
        days.person_key,
        bodies.agency_code,
        days.on_day,
        replace(bodies.agency_code, '#chua_phan_bo', '') as here_code,
        false as is_assigned,
        0 as step
    from days
    inner join bodies on days.person_key = bodies.person_key

    union all

    select
        walk.person_key,
        walk.agency_code,
        walk.on_day,
        coalesce(in_force.to_agency_code, successors.successor_code) as here_code,
        walk.is_assigned or in_force.to_agency_code is not null as is_assigned,
        walk.step + 1 as step
    from walk
    inner join {{ ref('int_agencies__dated') }} as agencies
        on walk.here_code = agencies.agency_code and walk.on_day >= agencies.valid_to
    left join in_force
        on
            walk.person_key = in_force.person_key
            and walk.on_day = in_force.on_day
            and walk.here_code = in_force.from_agency_code
            and in_force.place = 1
    left join {{ ref('int_agencies__successors') }} as successors
        on walk.here_code = successors.predecessor_code and successors.successor_count = 1
    where coalesce(in_force.to_agency_code, successors.successor_code) is not null and walk.step < 9

),

ordered as (

    select
        *,
        row_number() over (partition by person_key, agency_code, on_day order by step desc) as place
    from walk

)

select
    person_key,
    agency_code,
    on_day,
    here_code as carried_code
from ordered
where place = 1 and is_assigned
