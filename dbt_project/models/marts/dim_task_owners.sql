-- Who holds a duty of section III, from when to when; a kind of bodies is spelt out body by body.
with owners as (

    select * from {{ ref('stg_reference__task_owners') }}

),

agencies as (

    select * from {{ ref('int_agencies__dated') }}
    where not is_unassigned

)

select
    owners.task_code,
    agencies.agency_code,
    greatest(owners.valid_from, agencies.valid_from) as valid_from,
    least(owners.valid_to, agencies.valid_to) as valid_to,
    owners.role,
    owners.legal_act,
    owners.verified as is_verified,
    owners.agency_code is null as by_kind
from owners
inner join agencies
    on
        owners.agency_code = agencies.agency_code
        or (owners.agency_code is null and owners.applies_to_kind = agencies.kind and agencies.is_reporting)
where
    (owners.valid_to is null or agencies.valid_from < owners.valid_to)
    and (agencies.valid_to is null or owners.valid_from < agencies.valid_to)
