-- In which row a listed person stands who is counted on a day, in every structure: as reported, the body that
-- answered for the person on that day (the cut-off of a stock, the anniversary of CT04); in a later one where the
-- person was carried to by then; in an earlier one where that body belongs (definitions R3 to R5).
with structures as (

    select * from {{ ref('int_build__structures') }}

),

days as (

    select
        senders.reporting_year,
        senders.person_key,
        senders.sender_code,
        stock.as_of as on_day
    from {{ ref('int_talents__senders') }} as senders
    inner join {{ ref('int_talents__stock') }} as stock
        on senders.reporting_year = stock.reporting_year and senders.person_key = stock.person_key

    union

    select
        senders.reporting_year,
        senders.person_key,
        senders.sender_code,
        due.anniversary_on as on_day
    from {{ ref('int_talents__senders') }} as senders
    inner join {{ ref('int_talents__due') }} as due
        on senders.reporting_year = due.reporting_year and senders.person_key = due.person_key

),

-- the organisation of a day is that of the last structure before it
slices as (

    select
        days.on_day,
        coalesce(
            max(case when structures.structure_day <= days.on_day then structures.structure_day end),
            min(structures.structure_day)
        ) as slice_day
    from (select distinct on_day from days) as days
    cross join structures
    group by days.on_day

),

then_at as (

    select
        days.*,
        slices.slice_day,
        coalesce(carried.carried_code, days.sender_code) as event_code
    from days
    inner join slices on days.on_day = slices.on_day
    left join {{ ref('int_people__carried') }} as carried
        on
            days.person_key = carried.person_key
            and days.sender_code = carried.agency_code
            and days.on_day = carried.on_day

)

select
    then_at.reporting_year,
    then_at.person_key,
    then_at.on_day,
    'as_reported' as structure_on,
    coalesce({{ reporting_body('ancestors', 'then_at.on_day') }}, bodies.shown_code) as agency_code
from then_at
inner join {{ ref('int_agencies__in_structure') }} as bodies
    on then_at.slice_day = bodies.structure_day and then_at.event_code = bodies.agency_code
left join {{ ref('int_agencies__ancestors') }} as ancestors on bodies.shown_code = ancestors.agency_code

union all

select
    then_at.reporting_year,
    then_at.person_key,
    then_at.on_day,
    structures.structure_on,
    places.shown_code as agency_code
from then_at
cross join structures
left join {{ ref('int_people__carried') }} as carried
    on
        structures.structure_day > then_at.on_day
        and then_at.person_key = carried.person_key
        and then_at.sender_code = carried.agency_code
        and structures.structure_day = carried.on_day
inner join {{ ref('int_agencies__places') }} as places
    on
        then_at.reporting_year = places.reporting_year
        and structures.structure_on = places.structure_on
        and coalesce(carried.carried_code, then_at.event_code) = places.agency_code
