-- CT04: still working five years later (worked-examples section 4). Cohorts older than the lists are never a rate.
with years as (

    select * from {{ ref('int_build__years') }}

),

-- as reported: the body of the anniversary
due as (

    select
        due.*,
        places.structure_on,
        places.agency_code
    from {{ ref('int_talents__due') }} as due
    inner join {{ ref('int_talents__places') }} as places
        on
            due.reporting_year = places.reporting_year
            and due.person_key = places.person_key
            and due.anniversary_on = places.on_day

),

owing as (

    select * from {{ ref('int_agencies__owing') }}

),

first_day as (

    select min(anniversary_on) as anniversary_on from {{ ref('int_talents__evaluated') }}
    where months = 60 and not is_pre_plan

),

readings as (

    select
        reading,
        period_code
    from {{ ref('stg_reference__indicator_readings') }}
    where indicator_code = 'CT04'

),

bodies as (

    select owing.reporting_year, owing.structure_on, readings.reading, owing.agency_code
    from owing
    cross join readings
    where owing.agency_code = 'LS' or readings.reading = 'strict'

    union

    select reporting_year, structure_on, reading, agency_code from due
    where reading = 'strict'

),

counts as (

    select
        reporting_year,
        structure_on,
        reading,
        agency_code,
        sum(cast(is_retained as bigint)) as numerator,
        count(*) as denominator
    from (
        select reporting_year, structure_on, reading, agency_code, is_retained from due
        union all
        select reporting_year, structure_on, reading, 'LS' as agency_code, is_retained from due
    ) as tallies
    group by reporting_year, structure_on, reading, agency_code

)

select
    'CT04' as indicator_code,
    bodies.reading,
    bodies.reporting_year,
    readings.period_code,
    bodies.agency_code,
    bodies.structure_on,
    years.as_of,
    cast(coalesce(counts.numerator, 0) as bigint) as numerator,
    cast(coalesce(counts.denominator, 0) as bigint) as denominator,
    cast(0 as bigint) as missing_count,
    cast(0 as bigint) as assumed_count,
    cast(0 as bigint) as undetermined_count,
    coalesce(owing.agencies_owed, 0) as agencies_owed,
    coalesce(owing.agencies_missing, 0) as agencies_missing,
    bodies.reading = 'pre_plan' or bodies.reading like 'interim_%' or bodies.reading like 'months_%'
    or years.as_of >= coalesce(first_day.anniversary_on, {{ add_months('years.cohorts_from', 60) }}) as is_due,
    years.as_of < years.year_end as is_provisional
from bodies
inner join years on bodies.reporting_year = years.reporting_year
inner join readings on bodies.reading = readings.reading
cross join first_day
left join counts
    on
        bodies.reporting_year = counts.reporting_year
        and bodies.structure_on = counts.structure_on
        and bodies.reading = counts.reading
        and bodies.agency_code = counts.agency_code
left join owing
    on
        bodies.reporting_year = owing.reporting_year
        and bodies.structure_on = owing.structure_on
        and bodies.agency_code = owing.agency_code
