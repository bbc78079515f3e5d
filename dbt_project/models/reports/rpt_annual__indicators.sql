-- Annex I: one row an indicator of the plan, the headline reading, the province.
with years as (

    select * from {{ ref('dim_reporting_years') }}

),

figures as (

    select * from {{ ref('fct_indicator_values') }}
    where is_headline and agency_code = 'LS' and structure_on = 'as_reported' and indicator_code like 'CT%'

),

present as (

    select figures.*
    from figures
    inner join years on figures.reporting_year = years.reporting_year and years.is_reported

),

indicators as (

    select * from {{ ref('dim_indicators') }}

),

readings as (

    select * from {{ ref('dim_indicator_readings') }}

),

parameters as (

    select
        *,
        row_number() over (partition by parameter order by valid_from desc) as place
    from {{ ref('dim_parameters') }}

)

select
    present.indicator_code,
    indicators.sort_order,
    indicators.name_vi,
    indicators.target_text_vi,
    present.reading,
    readings.wording_vi as reading_text_vi,
    readings.parameter as parameter_code,
    case
        when parameters.is_decided then parameters.deciding_document
        else 'chưa có quyết định'
    end as parameter_source_vi,
    parameters.valid_from as parameter_valid_from,
    present.period_code,
    periods.period_from,
    periods.period_to,
    present.as_of,
    present.numerator,
    present.denominator,
    present.value,
    present.target_value,
    present.target_kind,
    present.verdict,
    present.shortfall,
    present.observation_status,
    present.lower_bound,
    present.upper_bound,
    present.verdict_at_lower,
    present.verdict_at_upper,
    present.agencies_owed,
    present.agencies_missing,
    year_before.reporting_year as prior_year,
    year_before.numerator as prior_numerator,
    year_before.denominator as prior_denominator,
    year_before.value as prior_value,
    year_before.verdict as prior_verdict,
    present.series_break,
    indicators.unit_vi,
    indicators.counted_unit_vi,
    indicators.denominator_name_vi,
    indicators.first_due_year,
    indicators.not_due_reason_vi,
    cast({{ decimals_needed('present.numerator', 'present.denominator', 'present.target_value') }} as integer)
        as decimals_needed
from present
inner join indicators on present.indicator_code = indicators.indicator_code
left join readings on present.indicator_code = readings.indicator_code and present.reading = readings.reading
left join parameters on readings.parameter = parameters.parameter and parameters.place = 1
left join {{ ref('dim_periods') }} as periods
    on present.period_code = periods.period_code and present.reporting_year = periods.reporting_year
left join figures as year_before
    on
        present.indicator_code = year_before.indicator_code
        and present.reading = year_before.reading
        and year_before.reporting_year = present.reporting_year - 1
