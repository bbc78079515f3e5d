with source as (

    select * from {{ ref('indicator_series_breaks') }}

)

select
    indicator_code,
    cast(break_on as date) as break_on,
    level,
    reason_vi,
    reason_en,
    cast(sort_order as integer) as sort_order
from source
