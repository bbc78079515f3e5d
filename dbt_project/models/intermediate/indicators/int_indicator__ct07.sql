-- CT07: the province's report before 12/12 (worked-examples section 7). A report never judges its own year; a deadline
-- day is not over on that day, but what was done in time is done.
with years as (

    select * from {{ ref('int_build__years') }}

),

steps as (

    select * from {{ ref('stg_build__province_steps') }}

),

readings as (

    select 'signed' as reading, 'signed' as event, false as is_inclusive
    union all
    select 'signed_inclusive' as reading, 'signed' as event, true as is_inclusive
    union all
    select 'draft_submitted' as reading, 'submitted_to_ubnd' as event, false as is_inclusive

),

judged as (

    select
        years.reporting_year,
        years.as_of,
        years.structure_on,
        years.is_reported,
        years.known_on,
        readings.reading,
        case when readings.is_inclusive then years.province_deadline_on else years.province_last_on_time_on end as due_on,
        min(steps.happened_on) as done_on
    from years
    cross join readings
    left join steps
        on
            years.reporting_year = steps.reporting_year
            and readings.event = steps.event
            and steps.happened_on <= years.known_on
    group by all

),

shown as (

    select *, 'as_reported' as shown_in from judged
    union all
    select *, structure_on as shown_in from judged

)

select
    'CT07' as indicator_code,
    reading,
    reporting_year,
    'KY_LICH' as period_code,
    'LS' as agency_code,
    shown_in as structure_on,
    as_of,
    cast(not is_reported and coalesce(done_on <= due_on, false) as bigint) as numerator,
    cast(1 as bigint) as denominator,
    cast(0 as bigint) as missing_count,
    cast(0 as bigint) as assumed_count,
    cast(0 as bigint) as undetermined_count,
    cast(0 as bigint) as agencies_owed,
    cast(0 as bigint) as agencies_missing,
    not is_reported and (coalesce(done_on <= due_on, false) or known_on > due_on) as is_due,
    false as is_provisional
from shown
