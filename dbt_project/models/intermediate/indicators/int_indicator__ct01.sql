-- CT01: own plan issued by the end of the first quarter of 2024 (worked-examples section 1). A body that never
-- returned the form is missing; a number without a date is undetermined. The province has its row even where nobody owes
-- a plan: 0 of 0, which is no value.
with credited as (

    select * from {{ ref('int_plans__credited') }}

),

read as (

    select 'on_time' as reading, *, is_on_time as is_met, target_on as due_on from credited
    where roster = 'fixed'
    union all
    select 'to_date' as reading, *, is_issued as is_met, target_on as due_on from credited
    where roster = 'fixed'
    union all
    select 'current_roster' as reading, *, is_issued as is_met, as_of as due_on from credited
    where roster = 'current'

),

province as (

    select
        readings.reading,
        years.reporting_year,
        years.structure_on,
        years.as_of,
        case when readings.reading = 'current_roster' then years.as_of else targets.target_on end as due_on
    from {{ ref('int_build__years') }} as years
    cross join (values ('on_time'), ('to_date'), ('current_roster')) as readings (reading)
    cross join (
        select max(target_on) as target_on from {{ ref('stg_reference__targets') }}
        where indicator_code = 'CT01'
    ) as targets

),

shown as (

    select
        'LS' as shown_code,
        reading,
        reporting_year,
        structure_on,
        as_of,
        due_on,
        null as agency_code,
        null as is_met,
        null as is_silent,
        null as is_unknown
    from province
    union all
    select
        'LS' as shown_code,
        reading,
        reporting_year,
        structure_on,
        as_of,
        due_on,
        agency_code,
        is_met,
        is_silent,
        is_unknown
    from read
    union all
    select
        agency_code as shown_code,
        reading,
        reporting_year,
        structure_on,
        as_of,
        due_on,
        agency_code,
        is_met,
        is_silent,
        is_unknown
    from read
    where reading = 'on_time'

),

placed as (

    select 'as_reported' as shown_in, * from shown
    union all
    select structure_on as shown_in, * from shown

)

select
    'CT01' as indicator_code,
    reading,
    reporting_year,
    'KY_LICH' as period_code,
    shown_code as agency_code,
    shown_in as structure_on,
    as_of,
    count(*) filter (where is_met) as numerator,
    count(agency_code) as denominator,
    count(*) filter (where is_silent and not is_met) as missing_count,
    cast(0 as bigint) as assumed_count,
    count(*) filter (where is_unknown and not is_silent and not is_met) as undetermined_count,
    count(agency_code) as agencies_owed,
    count(*) filter (where is_silent) as agencies_missing,
    coalesce(as_of >= due_on, true) as is_due,
    false as is_provisional
from placed
group by reading, reporting_year, shown_code, shown_in, as_of, due_on
