-- Annex IV.b: cohorts of talents by year of the clock, how many are due and retained after one to five years.
with years as (

    select * from {{ ref('int_build__years') }}
    where is_reported

),

evaluated as (

    select
        *,
        least(unit_out_on, censoring_withdrawal_on) as censored_on
    from {{ ref('int_talents__evaluated') }}
    where not is_pre_plan and not is_late and months <= 60

),

judged as (

    select
        evaluated.cohort_year,
        evaluated.person_key,
        evaluated.spell,
        cast(evaluated.months // 12 as integer) as number,
        evaluated.anniversary_on <= years.as_of
        and not coalesce(
            evaluated.censored_on <= evaluated.anniversary_on
            and (evaluated.left_on is null or evaluated.censored_on <= evaluated.left_on), false
        ) as is_due,
        evaluated.left_on is null as is_retained,
        coalesce(evaluated.censored_on <= years.as_of
        and (evaluated.left_on is null or evaluated.censored_on <= evaluated.left_on), false) as is_censored
    from evaluated
    inner join years on evaluated.clock_on <= years.as_of and evaluated.decided_on <= years.as_of

)

select
    cast(cohort_year as integer) as cohort_year,
    cast(count(*) filter (where number = 5) as bigint) as persons,
    {%- for number in range(1, 6) %}
    cast(count(*) filter (where number = {{ number }} and is_due and is_retained) as bigint) as retained_{{ number }},
    {%- endfor %}
    {%- for number in range(1, 6) %}
    cast(count(*) filter (where number = {{ number }} and is_due) as bigint) as due_{{ number }},
    {%- endfor %}
    cast(count(*) filter (where number = 5 and not is_due and not is_censored) as bigint) as not_due,
    cast(count(*) filter (where number = 5 and is_censored) as bigint) as censored
from judged
group by cohort_year
