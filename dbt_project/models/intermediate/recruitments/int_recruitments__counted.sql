-- Who is counted in which reading of CT02 and year: one decision a person (the latest that belongs to the reading),
-- every decision in `annual_cases`.
with readings as (

    {%- for reading, period_code in [
        ('annual_persons', 'KY_LICH'), ('annual_persons', 'KY_KH'), ('annual_persons', 'KY_ND09'),
        ('cumulative_persons', 'LUY_KE'), ('annual_cases', 'KY_LICH'), ('first_time', 'KY_LICH'),
        ('with_contracts', 'KY_LICH'), ('broad', 'KY_LICH'), ('provincial_only', 'KY_LICH')] %}
    {{ 'union all' if not loop.first }}
    select '{{ reading }}' as reading, '{{ period_code }}' as period_code
    {%- endfor %}

),

periods as (

    select
        periods.*,
        least(periods.period_to, years.known_on) as as_of
    from {{ ref('stg_reference__periods') }} as periods
    inner join {{ ref('int_build__years') }} as years on periods.reporting_year = years.reporting_year

),

recruits as (

    select * from {{ ref('int_recruitments__classified') }}
    where is_recruit or is_contract

),

spells as (

    select * from {{ ref('int_talents__spells') }}

),

-- talents by a decision dated no later than the last day of the period, fixed for ever
talents as (

    select
        periods.period_code,
        periods.reporting_year,
        spells.person_key,
        max(cast({{ is_talent_on('spells', 'periods.as_of') }} as integer)) = 1 as is_decided,
        min(spells.first_listed_year) <= periods.reporting_year as is_listed
    from periods
    cross join spells
    group by periods.period_code, periods.reporting_year, spells.person_key

),

placed as (

    select
        readings.reading,
        periods.period_code,
        periods.reporting_year,
        periods.period_from,
        periods.period_to,
        periods.as_of,
        recruits.submission_id,
        recruits.sheet,
        recruits."row",
        recruits.person_key,
        recruits.agency_code,
        recruits.event_on,
        row_number() over (
            partition by readings.reading, periods.period_code, periods.reporting_year, recruits.person_key
            order by
                recruits.event_on desc,
                recruits.decided_on desc nulls last,
                recruits.received_at desc,
                recruits.decision_number desc,
                recruits."row" desc,
                recruits.submission_id
        ) as place
    from readings
    inner join periods on readings.period_code = periods.period_code
    inner join recruits on recruits.event_on between periods.period_from and periods.as_of
    where
        (recruits.is_recruit or readings.reading = 'with_contracts')
        and (recruits.is_first_time or readings.reading <> 'first_time')
        and (recruits.is_provincial or readings.reading <> 'provincial_only')

)

select
    placed.reading,
    placed.period_code,
    placed.reporting_year,
    placed.period_from,
    placed.period_to,
    placed.as_of,
    placed.submission_id,
    placed.sheet,
    placed."row",
    placed.person_key,
    placed.agency_code,
    placed.event_on,
    coalesce(talents.is_decided or (placed.reading = 'broad' and talents.is_listed), false) as is_talent
from placed
left join talents
    on
        placed.period_code = talents.period_code
        and placed.reporting_year = talents.reporting_year
        and placed.person_key = talents.person_key
where placed.place = 1 or placed.reading = 'annual_cases'
