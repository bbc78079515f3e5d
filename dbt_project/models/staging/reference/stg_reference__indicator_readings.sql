with source as (

    select * from {{ ref('indicator_readings') }}

)

select
    indicator_code,
    reading,
    is_headline = 'yes' as is_headline,
    wording_vi,
    wording_en,
    reason_vi,
    period_code,
    parameter,
    cast(sort_order as integer) as sort_order
from source
