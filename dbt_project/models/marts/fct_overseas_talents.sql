-- Talents of the province abroad by country and field, as counts; the list of people stays with Sở Ngoại vụ.
with overseas_talents as (

    select * from {{ ref('stg_accepted__overseas_talents') }}

)

select
    reporting_year,
    agency_code,
    country,
    sector,
    people_count,
    contacted_count,
    list_updated_on,
    submission_id,
    sheet,
    "row"
from overseas_talents
