-- What was published or broadcast about the policy, by channel and kind of item; a column is counted apart from the news
-- (attribute of the kind).
with communications as (

    select * from {{ ref('stg_accepted__communications') }}

),

kinds as (

    select * from {{ ref('stg_reference__code_lists') }}
    where list = 'media_item'

)

select
    communications.reporting_year,
    communications.agency_code,
    communications.channel,
    communications.item_kind,
    kinds.attribute as item_group,
    communications.items_count,
    communications.model_cases_count,
    communications.submission_id,
    communications.sheet,
    communications."row"
from communications
left join kinds on communications.item_kind = kinds.code
