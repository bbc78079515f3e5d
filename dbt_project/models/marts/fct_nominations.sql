-- Nominations by source and talent group, as counts: who was nominated is not collected.
with nominations as (

    select * from {{ ref('stg_accepted__nominations') }}

)

select
    reporting_year,
    agency_code,
    nomination_source,
    talent_group,
    proposed_count,
    accepted_count,
    refused_count,
    pending_count,
    publicly_announced_count,
    submission_id,
    sheet,
    "row"
from nominations
