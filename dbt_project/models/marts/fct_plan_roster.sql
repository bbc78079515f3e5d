-- CT01 body by body: the roster of the target's day, for ever, and what each can show at the cut-off of each year.
with credited as (

    select * from {{ ref('int_plans__credited') }}
    where roster = 'fixed'

)

select
    reporting_year,
    agency_code,
    as_of,
    is_on_time,
    is_issued,
    is_unknown,
    is_silent
from credited
