with source as (

    select * from {{ ref('reference_edits') }}

)

select
    cast(edit as integer) as edit,
    cast(recorded_at as timestamp with time zone) as recorded_at,
    edit_kind,
    legal_act,
    reason,
    cast(undoes as integer) as undoes,
    list,
    action,
    row_key,
    field,
    value
from source
