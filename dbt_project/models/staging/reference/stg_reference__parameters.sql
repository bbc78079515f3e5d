with source as (

    select * from {{ ref('parameters') }}

)

select
    parameter,
    label_vi,
    label_en,
    value,
    cast(valid_from as date) as valid_from,
    deciding_document,
    decided_by,
    note_vi,
    other_values,
    indicators,
    open_question,
    cast(sort_order as integer) as sort_order
from source
