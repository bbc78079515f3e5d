-- The rows under the headline figures that count persons (CT02, CT04, CT05), by body: register rows and lists below the
-- line; above it the list with the decision, or the training. Two structures: as reported, and
-- that of the year's last day; in others the figures stand, their rows are found by brg_agency_structures.
with years as (

    select reporting_year, 'as_reported' as structure_on from {{ ref('int_build__years') }}
    union all
    select reporting_year, structure_on from {{ ref('int_build__years') }}

),

recruits as (

    select * from {{ ref('int_recruitments__shown') }}

),

spells as (

    select * from {{ ref('int_talents__spells') }}
    where decided_on is not null

),

stock as (

    select
        stock.reporting_year,
        places.structure_on,
        places.agency_code,
        stock.person_key,
        stock.clock_on,
        stock.as_of,
        stock.min_training_hours,
        stock.submission_id,
        stock.sheet,
        stock."row"
    from {{ ref('int_talents__stock') }} as stock
    inner join {{ ref('int_talents__places') }} as places
        on
            stock.reporting_year = places.reporting_year
            and stock.person_key = places.person_key
            and stock.as_of = places.on_day
    inner join years on places.reporting_year = years.reporting_year and places.structure_on = years.structure_on
    where stock.is_decided

),

due as (

    select
        due.reporting_year,
        places.structure_on,
        places.agency_code,
        due.is_retained,
        spells.submission_id,
        spells.sheet,
        spells."row"
    from {{ ref('int_talents__due') }} as due
    inner join spells on due.person_key = spells.person_key and due.spell = spells.spell
    inner join {{ ref('int_talents__places') }} as places
        on
            due.reading = 'strict'
            and due.reporting_year = places.reporting_year
            and due.person_key = places.person_key
            and due.anniversary_on = places.on_day
    inner join years on places.reporting_year = years.reporting_year and places.structure_on = years.structure_on

)

select
    'CT02' as indicator_code, reporting_year, structure_on, agency_code, 'denominator' as role,
    'recruitment_register' as dataset, submission_id, sheet, "row"
from recruits

union all

select distinct
    'CT02' as indicator_code, recruits.reporting_year, recruits.structure_on, recruits.agency_code, 'numerator' as role,
    'talents' as dataset, spells.submission_id, spells.sheet, spells."row"
from recruits
inner join spells on recruits.is_talent and recruits.person_key = spells.person_key

union all

select
    'CT04' as indicator_code, reporting_year, structure_on, agency_code, 'denominator' as role,
    'talents' as dataset, submission_id, sheet, "row"
from due

union all

select
    'CT04' as indicator_code, reporting_year, structure_on, agency_code, 'numerator' as role,
    'talents' as dataset, submission_id, sheet, "row"
from due
where is_retained

union all

select
    'CT05' as indicator_code, reporting_year, structure_on, agency_code, 'denominator' as role,
    'talents' as dataset, submission_id, sheet, "row"
from stock

union all

select
    'CT05' as indicator_code, stock.reporting_year, stock.structure_on, stock.agency_code, 'numerator' as role,
    trainings.dataset, trainings.submission_id, trainings.sheet, trainings."row"
from stock
inner join {{ ref('int_trainings__deduplicated') }} as trainings
    on
        stock.person_key = trainings.person_key
        and trainings.is_completed
        and trainings.is_science_technology = 'yes'
        and trainings.done_on between stock.clock_on and stock.as_of
        and (stock.min_training_hours = 0 or trainings.hours >= stock.min_training_hours)
