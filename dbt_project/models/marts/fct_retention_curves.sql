-- How many of a cohort are still there on a day, of talents and of all staff, by two readings; and the Kaplan-Meier curve
-- of talents for the technical annex, by day of the clock.
with staff as (

    select * from {{ ref('int_staff__cohorts') }}

),

talents as (

    select * from {{ ref('int_talents__cohorts') }}

),

rows_of_both as (

    select
        'staff' as population, 'present_on_date' as reading, cohort_year, snapshot_on as evaluated_on, is_last_of_year,
        cohort_count, 0 as censored_count, present_count
    from staff
    union all
    select
        'staff' as population, 'continuous' as reading, cohort_year, snapshot_on as evaluated_on, is_last_of_year,
        cohort_count, 0 as censored_count, continuous_count as present_count
    from staff
    union all
    select
        'talents' as population, 'present_on_date' as reading, cohort_year, as_of as evaluated_on,
        true as is_last_of_year, cohort_count, censored_count, present_count
    from talents
    union all
    select
        'talents' as population, 'continuous' as reading, cohort_year, as_of as evaluated_on,
        true as is_last_of_year, cohort_count, censored_count, continuous_count as present_count
    from talents

)

select
    population,
    reading,
    cast(cohort_year as integer) as cohort_year,
    evaluated_on,
    is_last_of_year,
    cast(null as integer) as clock_day,
    cast(cohort_count as bigint) as cohort_count,
    cast(censored_count as bigint) as censored_count,
    cast(present_count as bigint) as present_count,
    {{ percent('present_count', '(cohort_count - censored_count)') }} as value
from rows_of_both

union all

select
    'talents' as population,
    'kaplan_meier' as reading,
    cast(null as integer) as cohort_year,
    cast(null as date) as evaluated_on,
    false as is_last_of_year,
    cast(day as integer) as clock_day,
    cast(at_risk as bigint) as cohort_count,
    cast(0 as bigint) as censored_count,
    cast(at_risk - leaves as bigint) as present_count,
    cast(round(100 * survival, 4) as decimal(9, 4)) as value
from {{ ref('int_talents__curve') }}
