-- For each year the body that answers for a listed person, carried to the year's last day by the registry, or by the
-- person's assignment where the body ended in several (R3, R4); then the nearest body that reports.
with senders as (

    select
        senders.*,
        years.year_end,
        years.structure_on
    from {{ ref('int_talents__senders') }} as senders
    inner join {{ ref('int_build__years') }} as years on senders.reporting_year = years.reporting_year

),

bodies as (

    select * from {{ ref('int_agencies__dated') }}

)

select
    senders.reporting_year,
    senders.person_key,
    senders.sender_code,
    structures.shown_code as body_code,
    coalesce({{ reporting_body('ancestors', 'senders.year_end') }}, structures.shown_code) as agency_code,
    -- a body that does not exist yet is looked at on its first day
    coalesce(
        bodies.is_in_scope and (bodies.valid_from > senders.year_end or {{ valid_on('bodies', 'senders.year_end') }}), false
    ) as is_in_scope
from senders
left join {{ ref('int_people__carried') }} as carried
    on
        senders.person_key = carried.person_key
        and senders.sender_code = carried.agency_code
        and senders.year_end = carried.on_day
inner join {{ ref('int_agencies__in_structure') }} as structures
    on
        senders.structure_on = structures.structure_on
        and coalesce(carried.carried_code, senders.sender_code) = structures.agency_code
left join {{ ref('int_agencies__ancestors') }} as ancestors on structures.shown_code = ancestors.agency_code
left join bodies on structures.body_code = bodies.agency_code
