-- The tallies of recruits in every structure: the body of each event's own day, and the organisation of each day
-- that the build offers. `answering_code`: the body that owes the year's list of talents for them.
with years as (

    select * from {{ ref('int_build__years') }}

),

places as (

    select * from {{ ref('int_agencies__places') }}

),

carried as (

    select * from {{ ref('int_people__carried') }}

),

tallied as (

    select * from {{ ref('int_recruitments__tallied') }}

),

answered as (

    select
        tallied.*,
        places.shown_code as answering_code
    from tallied
    inner join years on tallied.reporting_year = years.reporting_year
    left join carried
        on
            tallied.person_key = carried.person_key
            and tallied.agency_code = carried.agency_code
            and years.year_end = carried.on_day
    inner join places
        on
            tallied.reporting_year = places.reporting_year
            and years.structure_on = places.structure_on
            and coalesce(carried.carried_code, tallied.agency_code) = places.agency_code

),

placed as (

    select
        answered.*,
        'as_reported' as structure_on,
        answered.reported_code as shown_code
    from answered

    union all

    select
        answered.*,
        structures.structure_on,
        places.shown_code
    from answered
    cross join {{ ref('int_build__structures') }} as structures
    left join carried
        on
            answered.person_key = carried.person_key
            and answered.agency_code = carried.agency_code
            and structures.structure_day = carried.on_day
    inner join places
        on
            answered.reporting_year = places.reporting_year
            and structures.structure_on = places.structure_on
            and coalesce(carried.carried_code, answered.agency_code) = places.agency_code

)

select
    reporting_year,
    structure_on,
    shown_code as agency_code,
    answering_code,
    staff_kind,
    recruitment_form,
    is_first_time,
    is_talent,
    is_contract,
    cast(sum(persons_count) as bigint) as persons_count
from placed
group by all
