with tasks as (

    select * from {{ ref('stg_reference__tasks') }}

)

select
    task_code,
    section,
    number,
    title_vi,
    title_en,
    asked_of_kinds,
    is_conditional,
    condition_vi,
    sort_order
from tasks
