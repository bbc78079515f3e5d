-- Recruits and talents among them of each body in the roster, and of bodies outside it that have events; the headline
-- reading only, in the organisation of each event's day and in that of every day that the build offers.
with years as (

    select * from {{ ref('int_build__years') }}

),

shown as (

    select * from {{ ref('int_recruitments__in_structures') }}
    where not is_contract

),

rosters as (

    select
        rosters.reporting_year,
        rosters.structure_on,
        rosters.agency_code,
        rosters.owes_b03 as agencies_owed,
        rosters.misses_b03 as agencies_missing,
        coalesce(assumed.recruits_count, 0) as assumed_count
    from {{ ref('int_agencies__rosters') }} as rosters
    left join {{ ref('int_recruitments__assumed') }} as assumed
        on rosters.reporting_year = assumed.reporting_year and rosters.agency_code = assumed.agency_code
    where rosters.structure_on = 'as_reported'

    union all

    select * from {{ ref('int_agencies__owing') }}
    where structure_on <> 'as_reported' and agency_code <> 'LS'

),

silent as (

    select
        reporting_year,
        agency_code
    from {{ ref('int_agencies__rosters') }}
    where structure_on <> 'as_reported' and misses_b03 = 1

),

bodies as (

    select reporting_year, structure_on, agency_code from rosters
    union
    select reporting_year, structure_on, agency_code from shown

),

tallies as (

    select
        shown.reporting_year,
        shown.structure_on,
        shown.agency_code,
        sum(case when shown.is_talent then shown.persons_count else 0 end) as numerator,
        sum(shown.persons_count) as denominator,
        sum(
            case when not shown.is_talent and silent.agency_code is not null then shown.persons_count else 0 end
        ) as missing_count
    from shown
    left join silent
        on shown.reporting_year = silent.reporting_year and shown.answering_code = silent.agency_code
    group by shown.reporting_year, shown.structure_on, shown.agency_code

)

select
    'annual_persons' as reading,
    'KY_LICH' as period_code,
    bodies.reporting_year,
    bodies.agency_code,
    bodies.structure_on,
    years.as_of,
    coalesce(tallies.numerator, 0) as numerator,
    coalesce(tallies.denominator, 0) as denominator,
    case
        when bodies.structure_on <> 'as_reported' then coalesce(tallies.missing_count, 0)
        when rosters.agencies_missing = 1 then coalesce(tallies.denominator - tallies.numerator, 0)
        else 0
    end as missing_count,
    coalesce(rosters.assumed_count, 0) as assumed_count,
    coalesce(rosters.agencies_owed, 0) as agencies_owed,
    coalesce(rosters.agencies_missing, 0) as agencies_missing,
    years.as_of >= years.year_from as is_due,
    years.as_of < years.year_end as is_provisional
from bodies
inner join years on bodies.reporting_year = years.reporting_year
left join tallies
    on
        bodies.reporting_year = tallies.reporting_year
        and bodies.structure_on = tallies.structure_on
        and bodies.agency_code = tallies.agency_code
left join rosters
    on
        bodies.reporting_year = rosters.reporting_year
        and bodies.structure_on = rosters.structure_on
        and bodies.agency_code = rosters.agency_code
