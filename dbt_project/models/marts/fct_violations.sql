-- Violations of the talent policy by behaviour, as counts.
with violations as (

    select * from {{ ref('stg_accepted__violations') }}

)

select
    reporting_year,
    agency_code,
    behaviour_code,
    received_count,
    verified_count,
    handled_count,
    submission_id,
    sheet,
    "row"
from violations
