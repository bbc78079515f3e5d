-- Bounds and verdicts by integers, first line that applies (worked-examples 0.7, 2.1). An undetermined code or date only
-- widens the printed upper bound; missing agencies also decide whether a verdict can be given. CT06 of a season whose
-- deadline has not passed is not due even for the province, for which no target is set.
with targeted as (

    select * from {{ ref('int_indicators__targeted') }}

),

bounded as (

    select
        *,
        denominator + assumed_count as bound_denominator,
        numerator + missing_count + assumed_count as upper_numerator,
        numerator + missing_count + assumed_count + undetermined_count as printed_upper_numerator
    from targeted

),

compared as (

    select
        *,
        {{ verdict('numerator', 'denominator', 'target_value', 'target_kind', 'tolerance_points') }} as exact_verdict,
        {{ verdict('numerator', 'bound_denominator', 'target_value', 'target_kind', 'tolerance_points') }}
            as lower_verdict,
        {{ verdict('upper_numerator', 'bound_denominator', 'target_value', 'target_kind', 'tolerance_points') }}
            as upper_verdict,
        {{ verdict('printed_upper_numerator', 'bound_denominator', 'target_value', 'target_kind', 'tolerance_points') }}
            as printed_upper_verdict,
        not is_due and (target_value is not null or indicator_code = 'CT06') as is_not_due
    from bounded

),

decided as (

    select
        *,
        case
            when is_not_due then 'not_due'
            when exact_verdict in ('no_target', 'not_computable') then exact_verdict
            when agencies_missing > 0 and lower_verdict <> upper_verdict then 'not_computable'
            else exact_verdict
        end as verdict
    from compared

)

select
    indicator_code,
    reading,
    is_headline,
    reporting_year,
    period_code,
    agency_code,
    structure_on,
    as_of,
    numerator,
    denominator,
    case when not is_not_due then {{ percent('numerator', 'denominator') }} end as value,
    target_value,
    target_kind,
    target_level,
    verdict,
    case
        when verdict in ('met', 'approximately_met', 'not_met')
            then {{ shortfall('numerator', 'denominator', 'target_value') }}
    end as shortfall,
    case
        when is_not_due or not is_due then 'not_due'
        when agency_code <> 'LS' and agencies_missing > 0 and indicator_code <> 'CT06' then 'not_submitted'
        when is_provisional then 'provisional'
        when assumed_count > 0 then 'estimated'
        when coalesce(denominator, numerator) = 0 then 'nil'
        else 'observed'
    end as observation_status,
    case when not is_not_due then {{ percent('numerator', 'bound_denominator') }} end as lower_bound,
    case when not is_not_due then {{ percent('printed_upper_numerator', 'bound_denominator') }} end as upper_bound,
    case when is_not_due then 'not_due' else lower_verdict end as verdict_at_lower,
    case when is_not_due then 'not_due' else printed_upper_verdict end as verdict_at_upper,
    agencies_owed,
    agencies_missing,
    numerator as lower_numerator,
    printed_upper_numerator as upper_numerator,
    bound_denominator
from decided
