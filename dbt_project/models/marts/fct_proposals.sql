-- Difficulties and petitions of agencies, of talents and of the Fatherland Front. The text is for the drafting
-- officer: it is never printed word for word (definitions § 2).
with proposals as (

    select * from {{ ref('stg_accepted__proposals') }}

)

select
    reporting_year,
    agency_code,
    topic,
    task_code,
    raised_by,
    addressed_to,
    document_number,
    sent_on,
    status,
    answer_number,
    text,
    submission_id,
    sheet,
    "row"
from proposals
