-- Staff cohorts: the persons of the first snapshot by year of appointment, at each snapshot taken since. `present`: in
-- the list that day; `continuous`: in every list since, or away for no longer than the break that keeps service.
with presence as (

    select
        snapshot_on,
        person_key,
        started_on
    from {{ ref('int_staff__presence') }}

),

limits as (

    select ct04_max_gap_days from {{ ref('int_build__years') }}
    where is_reported

),

snapshots as (

    select
        snapshot_on,
        row_number() over (order by snapshot_on) as number,
        row_number() over (partition by year(snapshot_on) order by snapshot_on desc) = 1 as is_last_of_year
    from (select distinct snapshot_on from presence) as days

),

members as (

    select
        presence.person_key,
        year(presence.started_on) as cohort_year
    from presence
    inner join snapshots on presence.snapshot_on = snapshots.snapshot_on and snapshots.number = 1
    where presence.started_on is not null

),

steps as (

    select
        members.person_key,
        members.cohort_year,
        presence.snapshot_on,
        snapshots.number,
        lag(snapshots.number) over (partition by members.person_key order by presence.snapshot_on) as number_before,
        lag(presence.snapshot_on) over (partition by members.person_key order by presence.snapshot_on) as seen_before
    from members
    inner join presence on members.person_key = presence.person_key
    inner join snapshots on presence.snapshot_on = snapshots.snapshot_on

),

marked as (

    select
        steps.person_key,
        steps.cohort_year,
        steps.snapshot_on,
        sum(cast(
            coalesce(steps.number - steps.number_before > 1, false)
            and date_diff('day', steps.seen_before, steps.snapshot_on) > limits.ct04_max_gap_days as integer
        )) over (
            partition by steps.person_key order by steps.snapshot_on rows between unbounded preceding and current row
        ) as breaks_count
    from steps
    cross join limits

),

sizes as (

    select
        cohort_year,
        count(*) as cohort_count
    from members
    group by cohort_year

),

counts as (

    select
        cohort_year,
        snapshot_on,
        count(*) as present_count,
        sum(cast(breaks_count = 0 as integer)) as continuous_count
    from marked
    group by cohort_year, snapshot_on

)

select
    sizes.cohort_year,
    snapshots.snapshot_on,
    snapshots.is_last_of_year,
    sizes.cohort_count,
    coalesce(counts.present_count, 0) as present_count,
    coalesce(counts.continuous_count, 0) as continuous_count
from sizes
cross join snapshots
left join counts on sizes.cohort_year = counts.cohort_year and snapshots.snapshot_on = counts.snapshot_on
