-- CT01: own plan issued by the end of the first quarter of 2024 (worked-examples section 1). A body that never
-- returned the form is missing; a number without a date is undetermined.
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

shown as (

    select 'LS' as shown_code, * from read
    union all
    select agency_code as shown_code, * from read
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
    sum(cast(is_met as bigint)) as numerator,
    count(*) as denominator,
    sum(cast(is_silent and not is_met as bigint)) as missing_count,
    cast(0 as bigint) as assumed_count,
    sum(cast(is_unknown and not is_silent and not is_met as bigint)) as undetermined_count,
    count(*) as agencies_owed,
    sum(cast(is_silent as bigint)) as agencies_missing,
    as_of >= due_on as is_due,
    false as is_provisional
from placed
group by reading, reporting_year, shown_code, shown_in, as_of, due_on
