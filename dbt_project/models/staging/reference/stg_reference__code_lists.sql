with source as (

    select * from {{ ref('code_lists') }}

)

select
    list,
    code,
    label_vi,
    label_en,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to,
    cast(sort_order as integer) as sort_order,
    attribute
from source
