-- Who stood in which staff list: one row a person and snapshot, whatever the list repeats.
with snapshots as (

    select * from {{ ref('stg_accepted__staff_snapshots') }}

),

links as (

    select * from {{ ref('int_people__links') }}

),

resolved as (

    select * from {{ ref('int_agencies__resolved') }}

)

select
    snapshots.snapshot_on,
    coalesce(links.person_key, snapshots.identity_key) as person_key,
    min(coalesce(resolved.agency_code, '?')) as agency_code,
    min(snapshots.staff_kind) as staff_kind,
    min(snapshots.status) as status,
    min(snapshots.started_on) as started_on
from snapshots
left join links on snapshots.identity_key = links.identity_key
left join resolved on snapshots.agency_code = resolved.agency_written and snapshots.snapshot_on = resolved.on_day
group by snapshots.snapshot_on, coalesce(links.person_key, snapshots.identity_key)
