-- The recruits of the headline reading, each in the body of its own day and in the organisation of the year's last day:
-- by the registry where one body follows, by the person's assignment where several do (definitions R3 to R5); then in
-- the nearest body that reports. Other structures: int_recruitments__in_structures, as counts.
with counted as (

    select * from {{ ref('int_recruitments__counted') }}
    where reading = 'annual_persons' and period_code = 'KY_LICH'

),

years as (

    select * from {{ ref('int_build__years') }}

),

places as (

    select * from {{ ref('int_agencies__places') }}

),

placed as (

    select
        counted.*,
        'as_reported' as structure_on,
        counted.agency_code as body_code,
        coalesce({{ reporting_body('ancestors', 'counted.event_on') }}, counted.agency_code) as shown_code
    from counted
    left join {{ ref('int_agencies__ancestors') }} as ancestors on counted.agency_code = ancestors.agency_code

    union all

    select
        counted.*,
        places.structure_on,
        places.body_code,
        places.shown_code
    from counted
    inner join years on counted.reporting_year = years.reporting_year
    left join {{ ref('int_people__carried') }} as carried
        on
            counted.person_key = carried.person_key
            and counted.agency_code = carried.agency_code
            and years.year_end = carried.on_day
    inner join places
        on
            counted.reporting_year = places.reporting_year
            and years.structure_on = places.structure_on
            and coalesce(carried.carried_code, counted.agency_code) = places.agency_code

)

select
    reporting_year,
    structure_on,
    submission_id,
    sheet,
    "row",
    person_key,
    is_talent,
    body_code,
    shown_code as agency_code
from placed
