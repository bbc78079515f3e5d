-- Who owes the list of talents (B03) for a year and who misses it, by body and for the province; what CT02 to CT05 say
-- beside their figures.
with forms as (

    select * from {{ ref('int_submissions__forms') }}
    where form = 'B03'

)

select
    reporting_year,
    agency_code,
    1 as agencies_owed,
    cast(state in ('missing', 'not_received') as integer) as agencies_missing
from forms

union all

select
    reporting_year,
    'LS' as agency_code,
    count(*) as agencies_owed,
    sum(cast(state in ('missing', 'not_received') as integer)) as agencies_missing
from forms
group by reporting_year
