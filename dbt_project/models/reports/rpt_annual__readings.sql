-- Annex XII: every reading of every indicator, for the province.
with figures as (

    select figures.*
    from {{ ref('fct_indicator_values') }} as figures
    inner join {{ ref('dim_reporting_years') }} as years
        on figures.reporting_year = years.reporting_year and years.is_reported
    where figures.agency_code = 'LS' and figures.structure_on = 'as_reported' and figures.indicator_code like 'CT%'

),

readings as (

    select * from {{ ref('dim_indicator_readings') }}

)

select
    figures.indicator_code,
    figures.reading,
    readings.wording_vi as reading_text_vi,
    readings.reason_vi,
    figures.period_code,
    readings.parameter as parameter_code,
    figures.is_headline,
    coalesce(readings.sort_order, 0) as sort_order,
    figures.numerator,
    figures.denominator,
    figures.value,
    figures.target_value,
    figures.verdict,
    figures.lower_bound,
    figures.upper_bound
from figures
left join readings on figures.indicator_code = readings.indicator_code and figures.reading = readings.reading
