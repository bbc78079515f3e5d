-- All bodies over time, the rows "chưa phân bổ", and the groups that a backward view shows.
with agencies as (

    select * from {{ ref('int_agencies__dated') }}

),

edits as (

    select * from {{ ref('int_agencies__last_edits') }}
    where list = 'agencies'

),

grouped as (

    select distinct group_code from {{ ref('int_agencies__groups') }}
    where group_code like '%+%'

),

named as (

    select
        grouped.group_code,
        string_agg(agencies.name_vi, ' + ' order by agencies.agency_code) as name_vi,
        string_agg(agencies.short_name_vi, ' + ' order by agencies.agency_code) as short_name_vi,
        string_agg(agencies.name_en, ' + ' order by agencies.agency_code) as name_en
    from grouped
    inner join agencies on position('+' || agencies.agency_code || '+' in '+' || grouped.group_code || '+') > 0
    group by grouped.group_code

)

select
    agencies.agency_code,
    agencies.official_code,
    agencies.name_vi,
    agencies.short_name_vi,
    agencies.name_en,
    agencies.kind,
    agencies.level,
    agencies.parent_code,
    agencies.is_in_scope,
    agencies.is_reporting,
    agencies.is_unassigned,
    agencies.valid_from,
    agencies.valid_to,
    agencies.legal_act,
    agencies.verified as is_verified,
    agencies.sort_order,
    edits.recorded_at,
    edits.edit_kind
from agencies
left join edits on agencies.agency_code = edits.row_key

union all

select
    group_code as agency_code,
    group_code as official_code,
    name_vi || ' (nhóm)' as name_vi,
    short_name_vi || ' (nhóm)' as short_name_vi,
    name_en || ' (group)' as name_en,
    'group' as kind,
    'province' as level,
    'LS' as parent_code,
    true as is_in_scope,
    false as is_reporting,
    false as is_unassigned,
    date '1900-01-01' as valid_from,
    cast(null as date) as valid_to,
    cast(null as varchar) as legal_act,
    false as is_verified,
    100000 as sort_order,
    cast(null as timestamp with time zone) as recorded_at,
    cast(null as varchar) as edit_kind
from named
