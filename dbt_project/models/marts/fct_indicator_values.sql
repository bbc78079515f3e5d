-- The figures of the plan: what is counted, against which target, and what follows. Equality and verdicts are on the
-- integers; `value` is for display.
with judged as (

    select * from {{ ref('int_indicators__judged') }}

),

indicators as (

    select * from {{ ref('stg_reference__indicators') }}

),

breaks as (

    select * from {{ ref('int_indicators__series_breaks') }}

)

select
    judged.indicator_code,
    judged.reading,
    judged.is_headline,
    judged.reporting_year,
    judged.period_code,
    judged.agency_code,
    judged.structure_on,
    judged.as_of,
    judged.numerator,
    judged.denominator,
    judged.value,
    judged.target_value,
    judged.target_kind,
    judged.target_level,
    judged.verdict,
    judged.shortfall,
    judged.observation_status,
    judged.lower_bound,
    judged.upper_bound,
    judged.verdict_at_lower,
    judged.verdict_at_upper,
    judged.agencies_owed,
    judged.agencies_missing,
    breaks.series_break,
    coalesce(indicators.definition_version, 1) as definition_version
from judged
left join indicators on judged.indicator_code = indicators.indicator_code
left join breaks
    on
        judged.indicator_code = breaks.indicator_code
        and judged.reporting_year = breaks.reporting_year
        and breaks.level = case when judged.agency_code = 'LS' then 'province' else 'agency' end
