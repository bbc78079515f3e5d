-- Networks of experts, excellent pupils and other pools, as counts.
with talent_pools as (

    select * from {{ ref('stg_accepted__talent_pools') }}

)

select
    reporting_year,
    agency_code,
    pool_kind,
    sector,
    level,
    origin,
    people_count,
    used_count,
    submission_id,
    sheet,
    "row"
from talent_pools
