-- Answers of agencies to what gate 1 or the review asked.
with explanations as (

    select * from {{ ref('stg_accepted__explanations') }}

)

select
    reporting_year,
    agency_code,
    rule,
    sheet,
    cell,
    explanation,
    answered_at,
    submission_id
from explanations
