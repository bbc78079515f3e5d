-- The registry's record time: every edit that was known, also what was taken back, and since when it is.
with edits as (

    select * from {{ ref('stg_reference__reference_edits') }}

),

undos as (

    select undoes, recorded_at from edits
    where edit_kind = 'undo'

)

select
    edits.edit,
    edits.list,
    edits.row_key,
    edits.action,
    coalesce(edits.field, '') as field,
    edits.value,
    edits.edit_kind,
    edits.recorded_at,
    undos.recorded_at as undone_at,
    edits.legal_act,
    edits.reason
from edits
left join undos on edits.edit = undos.undoes
where edits.edit_kind <> 'undo'
