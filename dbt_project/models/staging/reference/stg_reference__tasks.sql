with source as (

    select * from {{ ref('tasks') }}

)

select
    task_code,
    section,
    cast(number as integer) as number,
    title_vi,
    title_en,
    asked_of_kinds,
    is_conditional = 'yes' as is_conditional,
    condition_vi,
    cast(sort_order as integer) as sort_order,
    note
from source
