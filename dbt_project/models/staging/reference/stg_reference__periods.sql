with source as (

    select * from {{ ref('periods') }}

)

select
    period_code,
    cast(reporting_year as integer) as reporting_year,
    cast(period_from as date) as period_from,
    cast(period_to as date) as period_to,
    label_vi,
    label_en,
    cast(sort_order as integer) as sort_order
from source
