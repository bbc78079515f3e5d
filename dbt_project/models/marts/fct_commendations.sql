-- Commendations by kind, level and subject, as counts; from the province upwards Sở Nội vụ reports them.
with commendations as (

    select * from {{ ref('stg_accepted__commendations') }}

)

select
    reporting_year,
    agency_code,
    kind,
    level,
    subject_kind,
    count,
    submission_id,
    sheet,
    "row"
from commendations
