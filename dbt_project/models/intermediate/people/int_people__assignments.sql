-- Which body a person was assigned to when the old one ended in several (definitions R3).
with assignments as (

    select * from {{ ref('stg_accepted__person_assignments') }}

),

resolved as (

    select * from {{ ref('int_agencies__resolved') }}

),

links as (

    select * from {{ ref('int_people__links') }}

),

resolved_rows as (

    select
        coalesce(links.person_key, assignments.identity_key) as person_key,
        origins.agency_code as from_agency_code,
        destinations.agency_code as to_agency_code,
        assignments.effective_on,
        assignments.submission_id,
        assignments.sheet,
        assignments."row",
        row_number() over (
            partition by coalesce(links.person_key, assignments.identity_key), assignments.effective_on
            order by assignments.received_at desc, assignments.submission_id, assignments."row"
        ) as place
    from assignments
    left join links on assignments.identity_key = links.identity_key
    inner join resolved as destinations
        on
            assignments.to_agency_code = destinations.agency_written
            and assignments.effective_on = destinations.on_day
    left join resolved as origins
        on
            assignments.from_agency_code = origins.agency_written
            and cast(assignments.effective_on - interval 1 day as date) = origins.on_day

)

select
    person_key,
    from_agency_code,
    to_agency_code,
    effective_on,
    submission_id,
    sheet,
    "row"
from resolved_rows
where place = 1
