-- Recruits assumed for a body that sent no list and that no register covers: the larger of its last two years
-- (worked-examples 2.1); with a register row in the year, or a complete coverage, its recruits are known.
with rosters as (

    select * from {{ ref('int_agencies__rosters') }}
    where misses_b03 = 1 and structure_on <> 'as_reported'

),

shown as (

    select * from {{ ref('int_recruitments__shown') }}

),

years as (

    select * from {{ ref('int_build__years') }}

),

structures as (

    select * from {{ ref('int_agencies__in_structure') }}

),

covered as (

    select distinct
        years.reporting_year,
        structures.shown_code as agency_code
    from {{ ref('stg_accepted__register_coverage') }} as coverage
    inner join {{ ref('int_agencies__resolved') }} as resolved
        on
            coalesce(coverage.agency_code, coverage.deciding_agency_code) = resolved.agency_written
            and coverage.period_to = resolved.on_day
    inner join years on coverage.is_complete and year(coverage.period_to) = years.reporting_year
    inner join structures
        on years.structure_on = structures.structure_on and resolved.agency_code = structures.agency_code

    union

    select distinct
        reporting_year,
        agency_code
    from shown
    where structure_on <> 'as_reported'

),

earlier as (

    select
        shown.reporting_year,
        structures.structure_on,
        structures.shown_code as agency_code,
        count(*) as recruits_count
    from shown
    inner join structures on shown.body_code = structures.agency_code
    where shown.structure_on = 'as_reported'
    group by shown.reporting_year, structures.structure_on, structures.shown_code

)

select
    rosters.reporting_year,
    rosters.agency_code,
    max(earlier.recruits_count) as recruits_count
from rosters
inner join years on rosters.reporting_year = years.reporting_year
inner join earlier
    on
        years.structure_on = earlier.structure_on
        and rosters.agency_code = earlier.agency_code
        and earlier.reporting_year between rosters.reporting_year - 2 and rosters.reporting_year - 1
left join covered
    on rosters.reporting_year = covered.reporting_year and rosters.agency_code = covered.agency_code
where covered.agency_code is null
group by rosters.reporting_year, rosters.agency_code
