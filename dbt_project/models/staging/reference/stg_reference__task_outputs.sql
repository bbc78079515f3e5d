with source as (

    select * from {{ ref('task_outputs') }}

)

select
    task_code,
    output_code,
    label_vi,
    label_en,
    unit_vi,
    cast(sort_order as integer) as sort_order
from source
