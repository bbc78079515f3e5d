-- All figures with the target that binds them: the plan's for its level and year, or a body's own (B01b) for its row of
-- the headline reading, as long as the body exists (definitions R9).
with figures as (

    {%- for number in range(1, 8) %}
    select * from {{ ref('int_indicator__ct0' ~ number) }}
    union all
    {%- endfor %}
    select * from {{ ref('int_indicators__supplementary') }}

),

years as (

    select * from {{ ref('int_build__years') }}

),

targets as (

    select * from {{ ref('stg_reference__targets') }}

),

own as (

    select
        own_targets.*,
        row_number() over (
            partition by own_targets.agency_code, own_targets.indicator_code, years.reporting_year
            order by
                own_targets.reporting_year desc, own_targets.received_at desc,
                own_targets.sector is not null, own_targets."row"
        ) as place,
        years.reporting_year as target_year
    from {{ ref('stg_accepted__own_targets') }} as own_targets
    inner join years
        on
            years.reporting_year between own_targets.phase_from and coalesce(own_targets.phase_to, own_targets.phase_from)
            and own_targets.reporting_year <= years.reporting_year
    inner join {{ ref('int_agencies__dated') }} as bodies
        on own_targets.agency_code = bodies.agency_code and {{ valid_on('bodies', 'years.as_of') }}
    where own_targets.indicator_code is not null and coalesce(own_targets.unit, '%') in ('%', 'phần trăm')

)

select
    figures.indicator_code,
    figures.reading,
    figures.reporting_year,
    figures.period_code,
    figures.agency_code,
    figures.structure_on,
    figures.as_of,
    cast(figures.numerator as bigint) as numerator,
    cast(figures.denominator as bigint) as denominator,
    cast(figures.missing_count as bigint) as missing_count,
    cast(figures.assumed_count as bigint) as assumed_count,
    cast(figures.undetermined_count as bigint) as undetermined_count,
    cast(figures.agencies_owed as integer) as agencies_owed,
    cast(figures.agencies_missing as integer) as agencies_missing,
    figures.is_due,
    figures.is_provisional,
    case
        when figures.indicator_code like 'BS%' then true
        when figures.indicator_code = 'CT02'
            then figures.reading = 'annual_persons' and figures.period_code = years.period_code
        when figures.indicator_code = 'CT03' then figures.reading = years.ct03_from
        when figures.indicator_code = 'CT04' then figures.reading = years.ct04_scope
        when figures.indicator_code = 'CT05' then figures.reading = years.ct05_reading
        else coalesce(readings.is_headline, false)
    end as is_headline,
    cast(coalesce(targets.target_value, own.target_value) as decimal(9, 4)) as target_value,
    coalesce(targets.target_kind, case when own.target_value is not null then 'at_least' end) as target_kind,
    coalesce(targets.target_level, case when own.target_value is not null then 'agency' end) as target_level,
    years.tolerance_points
from figures
inner join years on figures.reporting_year = years.reporting_year
left join {{ ref('stg_reference__indicator_readings') }} as readings
    on figures.indicator_code = readings.indicator_code and figures.reading = readings.reading
left join targets
    on
        figures.indicator_code = targets.indicator_code
        and figures.reading = targets.reading
        and figures.reporting_year >= targets.reporting_year_from
        and (targets.reporting_year_to is null or figures.reporting_year <= targets.reporting_year_to)
        and targets.target_level = case when figures.agency_code = 'LS' then 'province' else 'agency' end
left join own
    on
        figures.agency_code = own.agency_code
        and figures.indicator_code = own.indicator_code
        and figures.reporting_year = own.target_year
        and readings.is_headline
        and own.place = 1
