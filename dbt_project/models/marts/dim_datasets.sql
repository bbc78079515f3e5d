-- The datasets that are collected, from their contracts: forms of the workbook, then registers.
with datasets as (

    select * from {{ ref('stg_reference__datasets') }}

)

select
    dataset,
    part,
    channel,
    label_vi,
    label_en,
    sort_order
from datasets
