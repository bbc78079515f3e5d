with periods as (

    select * from {{ ref('stg_reference__periods') }}

)

select
    period_code,
    reporting_year,
    period_from,
    period_to,
    label_vi,
    label_en,
    sort_order
from periods
