-- The recruits of the headline reading, each in the body of its own day and in the organisation of the year's last day:
-- by the registry where one body follows, by the person's assignment where several do (definitions R3 to R5); then in
-- the nearest body that reports.
with counted as (

    select * from {{ ref('int_recruitments__counted') }}
    where reading = 'annual_persons' and period_code = 'KY_LICH'

),

years as (

    select * from {{ ref('int_build__years') }}

),

structures as (

    select * from {{ ref('int_agencies__in_structure') }}

),

ancestors as (

    select * from {{ ref('int_agencies__ancestors') }}

),

assigned as (

    select
        counted.reporting_year,
        counted.person_key,
        assignments.to_agency_code,
        row_number() over (
            partition by counted.reporting_year, counted.person_key
            order by assignments.effective_on desc, assignments.to_agency_code
        ) as place
    from counted
    inner join years on counted.reporting_year = years.reporting_year
    inner join {{ ref('int_people__assignments') }} as assignments
        on
            counted.person_key = assignments.person_key
            and counted.agency_code = assignments.from_agency_code
            and assignments.effective_on > counted.event_on
            and assignments.effective_on <= years.year_end

),

placed as (

    select
        counted.*,
        'as_reported' as structure_on,
        counted.event_on as shown_for,
        counted.agency_code as body_code
    from counted

    union all

    select
        counted.*,
        structures.structure_on,
        structures.structure_day as shown_for,
        case
            when structures.structure_day < counted.period_to then structures.group_code
            else structures.shown_code
        end as body_code
    from counted
    inner join years on counted.reporting_year = years.reporting_year
    left join assigned
        on
            counted.reporting_year = assigned.reporting_year
            and counted.person_key = assigned.person_key
            and assigned.place = 1
    inner join structures
        on
            years.structure_on = structures.structure_on
            and coalesce(assigned.to_agency_code, counted.agency_code) = structures.agency_code

)

select
    placed.reporting_year,
    placed.structure_on,
    placed.submission_id,
    placed.sheet,
    placed."row",
    placed.person_key,
    placed.is_talent,
    placed.body_code,
    coalesce({{ reporting_body('ancestors', 'placed.shown_for') }}, placed.body_code) as agency_code
from placed
left join ancestors on placed.body_code = ancestors.agency_code
