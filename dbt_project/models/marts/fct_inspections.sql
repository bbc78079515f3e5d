-- Inspections by Sở Nội vụ at agencies. One that is told again in a later year, because more was remedied, is the same one:
-- the newest row speaks.
with inspections as (

    select * from {{ ref('stg_accepted__inspections') }}

),

resolved as (

    select * from {{ ref('int_agencies__resolved') }}

),

ranked as (

    select
        inspections.*,
        resolved.agency_code as inspected_code,
        row_number() over (
            partition by coalesce(resolved.agency_code, inspections.agency_code), inspections.inspected_on
            order by
                inspections.reporting_year desc, inspections.received_at desc,
                inspections.submission_id, inspections."row"
        ) as place
    from inspections
    left join resolved
        on inspections.agency_code = resolved.agency_written and inspections.inspected_on = resolved.on_day

)

select
    reporting_year,
    inspected_code as agency_code,
    inspected_on,
    conclusion_number,
    findings_count,
    remedied_count,
    submission_id,
    sheet,
    "row"
from ranked
where place = 1
