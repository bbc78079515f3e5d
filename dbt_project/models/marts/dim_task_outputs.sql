with outputs as (

    select * from {{ ref('stg_reference__task_outputs') }}

)

select
    output_code,
    task_code,
    label_vi,
    label_en,
    unit_vi,
    sort_order
from outputs
