with build as (

    select * from {{ ref('stg_build__parameters') }}

),

calendar as (

    select * from {{ ref('stg_reference__reporting_calendar') }}

),

decisions as (

    select * from {{ ref('stg_reference__parameters') }}

),

years as (

    select
        calendar.*,
        calendar.reporting_year = build.reporting_year as is_reported,
        build.known_on,
        make_date(calendar.reporting_year, 1, 1) as year_from,
        make_date(calendar.reporting_year, 12, 31) as year_end
    from calendar
    cross join build
    where calendar.reporting_year <= build.reporting_year

),

-- the value in force at the end of the year; before the first one, the first one
ranked as (

    select
        years.reporting_year,
        decisions.parameter,
        decisions.value,
        row_number() over (
            partition by years.reporting_year, decisions.parameter
            order by
                case when decisions.valid_from <= years.year_end then decisions.valid_from end desc nulls last,
                decisions.valid_from
        ) as place
    from years
    cross join decisions

),

chosen as (

    select
        reporting_year,
        {%- for name in ['scope_kinds', 'period_code', 'staff_kinds', 'recruitment_forms', 'ct03_from', 'ct04_scope',
                         'ct05_reading', 'st_sectors', 'deadline_inclusive'] %}
        max(case when parameter = '{{ name }}' then value end) as {{ name }},
        {%- endfor %}
        {%- for name in ['ct04_max_gap_days', 'ct04_max_wait_months', 'ct04_withdrawal_months',
                         'false_recruit_min_starts'] %}
        max(case when parameter = '{{ name }}' then cast(value as integer) end) as {{ name }},
        {%- endfor %}
        max(case when parameter = 'min_training_hours' then cast(value as decimal(18, 4)) end) as min_training_hours,
        max(case when parameter = 'ct02_tolerance_points' then cast(value as decimal(18, 4)) end) as tolerance_points,
        max(case when parameter = 'ct04_cohorts_from' then cast(value as date) end) as cohorts_from
    from ranked
    where place = 1
    group by reporting_year

)

select
    years.reporting_year,
    years.is_reported,
    years.known_on,
    years.opens_on,
    years.agency_deadline_on,
    years.last_on_time_on,
    years.locks_on,
    years.province_deadline_on,
    years.province_last_on_time_on,
    years.year_from,
    years.year_end,
    least(years.year_end, years.known_on) as as_of,
    cast(years.year_end as varchar) as structure_on,
    chosen.scope_kinds,
    chosen.period_code,
    chosen.staff_kinds,
    chosen.recruitment_forms,
    chosen.ct03_from,
    chosen.ct04_scope,
    chosen.ct05_reading,
    chosen.st_sectors,
    chosen.deadline_inclusive,
    chosen.ct04_max_gap_days,
    chosen.ct04_max_wait_months,
    chosen.ct04_withdrawal_months,
    chosen.false_recruit_min_starts,
    chosen.min_training_hours,
    chosen.tolerance_points,
    chosen.cohorts_from
from years
inner join chosen on years.reporting_year = chosen.reporting_year
