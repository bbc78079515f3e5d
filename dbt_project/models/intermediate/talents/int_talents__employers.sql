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

),

assigned as (

    select
        senders.reporting_year,
        senders.person_key,
        assignments.to_agency_code,
        row_number() over (
            partition by senders.reporting_year, senders.person_key
            order by assignments.effective_on desc, assignments.to_agency_code
        ) as place
    from senders
    inner join bodies on senders.sender_code = bodies.agency_code
    inner join {{ ref('int_people__assignments') }} as assignments
        on
            senders.person_key = assignments.person_key
            and senders.sender_code = assignments.from_agency_code
            and assignments.effective_on <= senders.year_end
    where bodies.valid_to <= senders.year_end

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
left join assigned
    on
        senders.reporting_year = assigned.reporting_year
        and senders.person_key = assigned.person_key
        and assigned.place = 1
inner join {{ ref('int_agencies__in_structure') }} as structures
    on
        senders.structure_on = structures.structure_on
        and coalesce(assigned.to_agency_code, senders.sender_code) = structures.agency_code
left join {{ ref('int_agencies__ancestors') }} as ancestors on structures.shown_code = ancestors.agency_code
left join bodies on structures.shown_code = bodies.agency_code
