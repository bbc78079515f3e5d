-- All bodies, and for each that ended in several a row that holds what no decision has assigned yet (R4).
with agencies as (

    select * from {{ ref('stg_reference__agencies') }}

),

scope as (

    select scope_kinds from {{ ref('int_build__years') }}
    where is_reported

),

divided as (

    select distinct predecessor_code from {{ ref('int_agencies__successors') }}
    where successor_count > 1

),

real as (

    select
        agencies.agency_code,
        agencies.official_code,
        agencies.name_vi,
        agencies.short_name_vi,
        agencies.name_en,
        agencies.kind,
        agencies.level,
        agencies.parent_code,
        agencies.is_reporting,
        agencies.sort_order,
        agencies.legal_act,
        agencies.verified,
        false as is_unassigned,
        coalesce(agencies.valid_from, date '1900-01-01') as valid_from,
        agencies.valid_to,
        agencies.in_scope and {{ listed('agencies.kind', 'scope.scope_kinds') }} as is_in_scope,
        agencies.kind in ('department', 'unit') as is_provincial
    from agencies
    cross join scope

)

select * from real

union all

select
    real.agency_code || '#chua_phan_bo' as agency_code,
    real.official_code,
    real.name_vi || ' (chưa phân bổ)' as name_vi,
    real.short_name_vi || ' (chưa phân bổ)' as short_name_vi,
    real.name_en || ' (not yet assigned)' as name_en,
    real.kind,
    real.level,
    real.parent_code,
    false as is_reporting,
    real.sort_order,
    real.legal_act,
    real.verified,
    true as is_unassigned,
    real.valid_to as valid_from,
    cast(null as date) as valid_to,
    real.is_in_scope,
    real.is_provincial
from real
inner join divided on real.agency_code = divided.predecessor_code
where real.valid_to is not null
