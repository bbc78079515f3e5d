-- Annex IV.b: cohorts of talents by year of the clock, how many are due and retained after one to five years.
with anniversaries as (

    select anniversaries.*
    from {{ ref('fct_talent_anniversaries') }} as anniversaries
    inner join {{ ref('dim_reporting_years') }} as years
        on anniversaries.reporting_year = years.reporting_year and years.is_reported

)

select
    cohort_year,
    cast(count(*) filter (where number = 5) as bigint) as persons,
    {%- for number in range(1, 6) %}
    cast(count(*) filter (where number = {{ number }} and is_retained) as bigint) as retained_{{ number }},
    {%- endfor %}
    {%- for number in range(1, 6) %}
    cast(count(*) filter (where number = {{ number }} and is_due) as bigint) as due_{{ number }},
    {%- endfor %}
    cast(count(*) filter (where number = 5 and not is_due and not is_censored) as bigint) as not_due,
    cast(count(*) filter (where number = 5 and is_censored) as bigint) as censored
from anniversaries
group by cohort_year
