-- CT04: still working five years later (worked-examples section 4). Cohorts older than the lists are never a rate.
with years as (

    select * from {{ ref('int_build__years') }}

),

due as (

    select
        due.*,
        employers.agency_code
    from {{ ref('int_talents__due') }} as due
    inner join {{ ref('int_talents__employers') }} as employers
        on due.reporting_year = employers.reporting_year and due.person_key = employers.person_key

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

    select
        years.reporting_year,
        readings.reading,
        'LS' as agency_code
    from years
    cross join readings

    union

    select reporting_year, 'strict' as reading, agency_code from {{ ref('int_agencies__rosters') }}
    where structure_on <> 'as_reported'

    union

    select reporting_year, reading, agency_code from due
    where reading = 'strict'

),

tallies as (

    select reporting_year, reading, agency_code, is_retained from due
    union all
    select reporting_year, reading, 'LS' as agency_code, is_retained from due

),

counts as (

    select
        reporting_year,
        reading,
        agency_code,
        sum(cast(is_retained as bigint)) as numerator,
        count(*) as denominator
    from tallies
    group by reporting_year, reading, agency_code

)

select
    'CT04' as indicator_code,
    bodies.reading,
    bodies.reporting_year,
    readings.period_code,
    bodies.agency_code,
    structures.structure_on,
    years.as_of,
    cast(coalesce(counts.numerator, 0) as bigint) as numerator,
    cast(coalesce(counts.denominator, 0) as bigint) as denominator,
    cast(0 as bigint) as missing_count,
    cast(0 as bigint) as assumed_count,
    cast(0 as bigint) as undetermined_count,
    cast(coalesce(owed.agencies_owed, 0) as bigint) as agencies_owed,
    cast(coalesce(owed.agencies_missing, 0) as bigint) as agencies_missing,
    bodies.reading = 'pre_plan' or bodies.reading like 'interim_%' or bodies.reading like 'months_%'
    or years.as_of >= coalesce(first_day.anniversary_on, {{ add_months('years.cohorts_from', 60) }}) as is_due,
    years.as_of < years.year_end as is_provisional
from bodies
inner join years on bodies.reporting_year = years.reporting_year
inner join readings on bodies.reading = readings.reading
cross join first_day
inner join (
    select reporting_year, 'as_reported' as structure_on from years
    union all
    select reporting_year, structure_on from years
) as structures on bodies.reporting_year = structures.reporting_year
left join counts
    on
        bodies.reporting_year = counts.reporting_year
        and bodies.reading = counts.reading
        and bodies.agency_code = counts.agency_code
left join {{ ref('int_submissions__owing') }} as owed
    on bodies.reporting_year = owed.reporting_year and bodies.agency_code = owed.agency_code
