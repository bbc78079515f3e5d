-- The years a build knows, their dates and their cut-off; `is_reported` marks the one this build is about.
with years as (

    select * from {{ ref('int_build__years') }}

)

select
    reporting_year,
    is_reported,
    opens_on,
    agency_deadline_on,
    last_on_time_on,
    locks_on,
    province_deadline_on,
    province_last_on_time_on,
    year_from,
    year_end,
    as_of,
    known_on,
    structure_on
from years
