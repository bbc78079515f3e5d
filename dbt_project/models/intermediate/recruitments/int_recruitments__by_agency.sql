-- Recruits and talents among them of each body in the roster, and of bodies outside it that have events; the headline
-- reading only, in the organisation of each event's day and in that of the year's last day.
with years as (

    select * from {{ ref('int_build__years') }}

),

shown as (

    select * from {{ ref('int_recruitments__shown') }}

),

rosters as (

    select * from {{ ref('int_agencies__rosters') }}

),

bodies as (

    select reporting_year, structure_on, agency_code from rosters
    union
    select reporting_year, structure_on, agency_code from shown

),

tallies as (

    select
        reporting_year,
        structure_on,
        agency_code,
        sum(cast(is_talent as bigint)) as numerator,
        count(*) as denominator
    from shown
    group by reporting_year, structure_on, agency_code

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
    case when rosters.misses_b03 = 1 then coalesce(tallies.denominator - tallies.numerator, 0) else 0 end
        as missing_count,
    coalesce(assumed.recruits_count, 0) as assumed_count,
    coalesce(rosters.owes_b03, 0) as agencies_owed,
    coalesce(rosters.misses_b03, 0) as agencies_missing,
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
left join {{ ref('int_recruitments__assumed') }} as assumed
    on bodies.reporting_year = assumed.reporting_year and bodies.agency_code = assumed.agency_code
