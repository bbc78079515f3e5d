-- Where each task stands, as its agency reports it. A task whose condition is not met is not late.
with progress as (

    select * from {{ ref('stg_accepted__task_progress') }}

)

select
    reporting_year,
    agency_code,
    task_code,
    status,
    condition_document,
    evidence_number,
    evidence_on,
    submission_id,
    sheet,
    "row"
from progress
