-- The days of the years a build knows: the calendar that MetricFlow reads time from.
with years as (

    select * from {{ ref('int_build__years') }}

),

spans as (

    select
        min(year_from) as first_day,
        max(year_end) as last_day
    from years

)

select
    cast(days.day as date) as day,
    cast(extract(year from days.day) as integer) as reporting_year
from spans
cross join lateral unnest(generate_series(spans.first_day, spans.last_day, interval 1 day)) as days (day)
