-- Each spell of a talent at its first to fifth anniversary, as of each year's cut-off: due, still there, censored.
with evaluated as (

    select
        *,
        least(unit_out_on, censoring_withdrawal_on) as censored_on
    from {{ ref('int_talents__evaluated') }}
    where not is_pre_plan and not is_late and months <= 60

),

years as (

    select * from {{ ref('int_build__years') }}

),

watched as (

    select
        years.reporting_year,
        years.as_of,
        evaluated.*,
        coalesce(
            evaluated.censored_on <= evaluated.anniversary_on
            and (evaluated.left_on is null or evaluated.censored_on <= evaluated.left_on), false
        ) as is_censored_before
    from evaluated
    inner join years on evaluated.clock_on <= years.as_of and evaluated.decided_on <= years.as_of

)

select
    reporting_year,
    person_key,
    cast(spell as integer) as spell,
    cast(cohort_year as integer) as cohort_year,
    cast(months // 12 as integer) as number,
    anniversary_on,
    anniversary_on <= as_of and not is_censored_before as is_due,
    anniversary_on <= as_of and not is_censored_before and left_on is null as is_retained,
    coalesce(censored_on <= as_of and (left_on is null or censored_on <= left_on), false) as is_censored
from watched
