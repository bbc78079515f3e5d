-- Why a year cannot be compared with the year before: the breaks of an indicator file that fall into the year.
with years as (

    select * from {{ ref('int_build__years') }}

),

breaks as (

    select * from {{ ref('stg_reference__indicator_series_breaks') }}

),

levels as (

    select 'province' as level
    union all
    select 'agency' as level

)

select
    breaks.indicator_code,
    years.reporting_year,
    levels.level,
    string_agg(breaks.reason_vi, '; ' order by breaks.break_on) as series_break
from years
inner join breaks on breaks.break_on between years.year_from and years.year_end
inner join levels on breaks.level in (levels.level, 'both')
where years.reporting_year > (select min(first_year.reporting_year) from years as first_year)
group by breaks.indicator_code, years.reporting_year, levels.level
