with source as (

    select * from {{ ref('reporting_calendar') }}

)

select
    cast(reporting_year as integer) as reporting_year,
    cast(opens_on as date) as opens_on,
    cast(agency_deadline_on as date) as agency_deadline_on,
    cast(last_on_time_on as date) as last_on_time_on,
    cast(locks_on as date) as locks_on,
    cast(province_deadline_on as date) as province_deadline_on,
    cast(province_last_on_time_on as date) as province_last_on_time_on,
    cast(sort_order as integer) as sort_order,
    note
from source
