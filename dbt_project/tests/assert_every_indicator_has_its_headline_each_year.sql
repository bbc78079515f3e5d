-- A year has no headline figure for an indicator, or two: the report would skip it or print the wrong reading.
-- For the province, as reported and in the organisation of the year's end.
with years as (

    select reporting_year from {{ ref('int_build__years') }}

),

headlines as (

    select
        indicator_code,
        reporting_year,
        count(*) as rows_count
    from {{ ref('fct_indicator_values') }}
    where is_headline and agency_code = 'LS' and structure_on in ('as_reported', reporting_year || '-12-31')
    group by indicator_code, reporting_year

)

select
    indicators.indicator_code,
    years.reporting_year,
    headlines.rows_count
from {{ ref('dim_indicators') }} as indicators
cross join years
left join headlines
    on indicators.indicator_code = headlines.indicator_code and years.reporting_year = headlines.reporting_year
where coalesce(headlines.rows_count, 0) <> 2
