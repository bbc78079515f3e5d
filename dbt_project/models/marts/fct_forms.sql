-- Each form owed and what came back for it; who owed and sent nothing has rows.
with forms as (

    select * from {{ ref('int_submissions__forms') }}

)

select
    reporting_year,
    agency_code,
    form,
    frequency,
    state,
    cast(coalesce(rows_accepted, 0) as bigint) as rows_accepted,
    cast(coalesce(rows_rejected, 0) as bigint) as rows_rejected
from forms
