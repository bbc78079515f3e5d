with parameters as (

    select * from {{ ref('stg_reference__parameters') }}

)

select
    parameter,
    valid_from,
    label_vi,
    label_en,
    value,
    other_values,
    deciding_document,
    decided_by,
    note_vi,
    indicators,
    open_question,
    decided_by is not null as is_decided,
    sort_order
from parameters
