with source as (

    select * from {{ ref('training_fields') }}

)

select
    code,
    label_vi,
    label_en,
    is_science_technology,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to,
    cast(sort_order as integer) as sort_order,
    note
from source
