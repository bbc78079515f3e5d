-- For each year the body that answers for a listed person: the sender of the newest list up to that year (before any:
-- the oldest later one), carried to the year's last day by the registry or by the person's assignment (R3, R4).
with listed as (

    select * from {{ ref('int_talents__listed') }}

),

years as (

    select * from {{ ref('int_build__years') }}

),

left_from as (

    select distinct
        departures.reporting_year,
        departures.agency_code,
        coalesce(links.person_key, departures.identity_key) as person_key
    from {{ ref('stg_accepted__departures') }} as departures
    left join {{ ref('int_people__links') }} as links on departures.identity_key = links.identity_key

),

senders as (

    select
        years.reporting_year,
        years.structure_on,
        years.year_end,
        listed.person_key,
        listed.agency_code as sender_code,
        row_number() over (
            partition by years.reporting_year, listed.person_key
            order by
                case when listed.reporting_year <= years.reporting_year then listed.reporting_year end desc nulls last,
                listed.reporting_year,
                left_from.agency_code is not null,
                listed.received_at desc,
                listed.agency_code
        ) as place
    from years
    cross join listed
    left join left_from
        on
            listed.reporting_year = left_from.reporting_year
            and listed.agency_code = left_from.agency_code
            and listed.person_key = left_from.person_key

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
    inner join {{ ref('int_agencies__dated') }} as bodies on senders.sender_code = bodies.agency_code
    inner join {{ ref('int_people__assignments') }} as assignments
        on
            senders.person_key = assignments.person_key
            and senders.sender_code = assignments.from_agency_code
            and assignments.effective_on <= senders.year_end
    where senders.place = 1 and bodies.valid_to <= senders.year_end

)

select
    senders.reporting_year,
    senders.person_key,
    senders.sender_code,
    structures.shown_code as body_code,
    coalesce({{ reporting_body('ancestors', 'senders.year_end') }}, structures.shown_code) as agency_code,
    coalesce(bodies.is_in_scope and {{ valid_on('bodies', 'senders.year_end') }}, false) as is_in_scope
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
left join {{ ref('int_agencies__dated') }} as bodies on structures.shown_code = bodies.agency_code
where senders.place = 1
