-- The province's recruits and talents among them, by reading, period and year (CT02, CT03). A body without a list of
-- talents leaves its recruits undecided; without a register, they are assumed (worked-examples 2.1).
with counted as (

    select * from {{ ref('int_recruitments__counted') }}

),

rosters as (

    select * from {{ ref('int_agencies__rosters') }}
    where structure_on <> 'as_reported'

),

periods as (

    select distinct
        readings.reading,
        periods.period_code,
        periods.reporting_year,
        periods.period_from,
        periods.period_to,
        least(periods.period_to, years.known_on) as as_of,
        years.structure_on
    from {{ ref('int_build__years') }} as years
    inner join {{ ref('stg_reference__periods') }} as periods on years.reporting_year = periods.reporting_year
    inner join {{ ref('stg_reference__indicator_readings') }} as readings
        on
            readings.indicator_code = 'CT02'
            and (
                readings.period_code = periods.period_code
                or (readings.reading = 'annual_persons' and periods.period_code in ('KY_KH', 'KY_ND09'))
            )

),

totals as (

    select
        counted.reading,
        counted.period_code,
        counted.reporting_year,
        sum(cast(counted.is_talent as bigint)) as numerator,
        count(*) as denominator,
        sum(cast(not counted.is_talent and coalesce(rosters.misses_b03, 0) = 1 as bigint)) as missing_count
    from counted
    inner join periods
        on
            counted.reading = periods.reading
            and counted.period_code = periods.period_code
            and counted.reporting_year = periods.reporting_year
    left join {{ ref('int_agencies__in_structure') }} as structures
        on periods.structure_on = structures.structure_on and counted.agency_code = structures.agency_code
    left join rosters
        on counted.reporting_year = rosters.reporting_year and structures.shown_code = rosters.agency_code
    group by counted.reading, counted.period_code, counted.reporting_year

),

owed as (

    select
        rosters.reporting_year,
        sum(rosters.owes_b03) as agencies_owed,
        sum(rosters.misses_b03) as agencies_missing,
        coalesce(sum(assumed.recruits_count), 0) as assumed_count
    from rosters
    left join {{ ref('int_recruitments__assumed') }} as assumed
        on rosters.reporting_year = assumed.reporting_year and rosters.agency_code = assumed.agency_code
    group by rosters.reporting_year

)

select
    periods.reading,
    periods.period_code,
    periods.reporting_year,
    'LS' as agency_code,
    structures.structure_on,
    periods.as_of,
    coalesce(totals.numerator, 0) as numerator,
    coalesce(totals.denominator, 0) as denominator,
    coalesce(totals.missing_count, 0) as missing_count,
    coalesce(owed.assumed_count, 0) as assumed_count,
    coalesce(owed.agencies_owed, 0) as agencies_owed,
    coalesce(owed.agencies_missing, 0) as agencies_missing,
    periods.as_of >= periods.period_from as is_due,
    periods.as_of < periods.period_to as is_provisional
from periods
inner join (
    select reporting_year, 'as_reported' as structure_on from {{ ref('int_build__years') }}
    union all
    select
        years.reporting_year,
        structures.structure_on
    from {{ ref('int_build__years') }} as years
    cross join {{ ref('int_build__structures') }} as structures
) as structures on periods.reporting_year = structures.reporting_year
left join totals
    on
        periods.reading = totals.reading
        and periods.period_code = totals.period_code
        and periods.reporting_year = totals.reporting_year
left join owed on periods.reporting_year = owed.reporting_year
