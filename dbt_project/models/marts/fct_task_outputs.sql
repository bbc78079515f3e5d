-- Countable outputs of tasks, planned and done.
with outputs as (

    select * from {{ ref('stg_accepted__task_outputs') }}

)

select
    reporting_year,
    agency_code,
    task_code,
    output_code,
    planned_count,
    actual_count,
    submission_id,
    sheet,
    "row"
from outputs
