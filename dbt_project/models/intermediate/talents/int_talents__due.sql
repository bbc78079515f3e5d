-- Who is judged in which reading of CT04 and year, and whether still there (worked-examples section 4). Censored persons
-- (employer left the scope, recognition withdrawn) are in no denominator; under `broad` a body that left still counts.
with years as (

    select * from {{ ref('int_build__years') }}

),

readings as (

    select 'strict' as reading, 60 as months
    {%- for reading in ['broad', 'excl_objective', 'late_recognised', 'gap_90', 'cumulative'] %}
    union all
    select '{{ reading }}' as reading, 60 as months
    {%- endfor %}
    {%- for year in [1, 2, 3, 4] %}
    union all
    select 'interim_{{ year }}' as reading, {{ 12 * year }} as months
    {%- endfor %}
    union all
    select 'months_66' as reading, 66 as months

),

evaluated as (

    select
        *,
        coalesce(
            censoring_withdrawal_on <= anniversary_on and (left_on is null or censoring_withdrawal_on <= left_on), false
        ) as is_withdrawn,
        coalesce(
            unit_out_on <= anniversary_on and (left_on is null or unit_out_on <= left_on), false
        ) as is_out_with_unit
    from {{ ref('int_talents__evaluated') }}
    where not is_pre_plan

)

select
    years.reporting_year,
    readings.reading,
    evaluated.person_key,
    evaluated.spell,
    evaluated.anniversary_on,
    case
        when readings.reading = 'broad' then evaluated.left_system_on is null
        when readings.reading = 'gap_90' then evaluated.left_on_gap_90 is null
        else evaluated.left_on is null
    end as is_retained
from years
cross join readings
inner join evaluated on readings.months = evaluated.months and evaluated.anniversary_on <= years.as_of
where
    not evaluated.is_withdrawn
    and (not evaluated.is_out_with_unit or readings.reading = 'broad')
    and (not evaluated.is_late or readings.reading = 'late_recognised')
    and (evaluated.objective_on is null or readings.reading <> 'excl_objective')
    and case
        when readings.reading = 'cumulative' then true
        -- the first cohort of the plan year by year; later the one that comes due
        when readings.months < 60
            then evaluated.cohort_year = greatest(year(years.cohorts_from), years.reporting_year - 5)
        when readings.months > 60 then evaluated.cohort_year = years.reporting_year - 6
        else evaluated.anniversary_on >= years.year_from
    end
