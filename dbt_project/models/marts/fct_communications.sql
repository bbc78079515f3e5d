-- What was published or broadcast about the policy, by channel and kind of item.
with communications as (

    select * from {{ ref('stg_accepted__communications') }}

)

select
    reporting_year,
    agency_code,
    channel,
    item_kind,
    items_count,
    model_cases_count,
    submission_id,
    sheet,
    "row"
from communications
