-- For each row of the registry that an edit in force made or altered: the last one (F16, M24). A row without one stands
-- as the list was laid down. The seed holds only what was recorded by the instant of the build.
with edits as (

    select * from {{ ref('stg_reference__reference_edits') }}

),

undone as (

    select distinct undoes from edits
    where undoes is not null

),

in_force as (

    select distinct
        edits.list,
        edits.row_key,
        edits.edit,
        edits.recorded_at,
        edits.edit_kind
    from edits
    left join undone on edits.edit = undone.undoes
    where undone.undoes is null and edits.edit_kind <> 'undo'

),

ordered as (

    select
        *,
        row_number() over (partition by list, row_key order by edit desc) as place
    from in_force

)

select
    list,
    row_key,
    edit,
    recorded_at,
    edit_kind
from ordered
where place = 1
