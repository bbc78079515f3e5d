-- Cohorts of talents (year of the clock, headline rules) at each year's cut-off: in service that day, and without a
-- break since the clock started; censored persons stand apart.
with years as (

    select * from {{ ref('int_build__years') }}

),

spells as (

    select
        person_key,
        spell,
        clock_on,
        cohort_year,
        least(min(unit_out_on), min(censoring_withdrawal_on)) as censored_on
    from {{ ref('int_talents__evaluated') }}
    where not is_pre_plan and not is_late
    group by person_key, spell, clock_on, cohort_year

),

exits as (

    select * from {{ ref('int_talents__exits') }}

),

watched as (

    select
        years.reporting_year,
        years.as_of,
        spells.person_key,
        spells.spell,
        spells.cohort_year,
        coalesce(spells.censored_on <= years.as_of, false) as is_censored,
        coalesce(bool_or(exits.exit_on <= years.as_of and coalesce(exits.back_on > years.as_of, true)), false) as is_away,
        coalesce(bool_or(
            exits.exit_on <= years.as_of and coalesce(exits.gap_days > years.ct04_max_gap_days, true)
        ), false) as is_broken
    from years
    inner join spells on spells.clock_on <= years.as_of
    left join exits on spells.person_key = exits.person_key and exits.exit_on > spells.clock_on
    group by
        years.reporting_year, years.as_of, spells.person_key, spells.spell, spells.cohort_year, spells.censored_on

)

select
    reporting_year,
    as_of,
    cohort_year,
    count(*) as cohort_count,
    sum(cast(is_censored as integer)) as censored_count,
    sum(cast(not is_censored and not is_away as integer)) as present_count,
    sum(cast(not is_censored and not is_away and not is_broken as integer)) as continuous_count
from watched
group by reporting_year, as_of, cohort_year
