-- In which row what belongs to a body stands when a year is shown in a structure. In the organisation of the year's
-- end or of a later day: the body that followed, in the nearest one that reports. In an earlier one: the group of
-- all bodies that the reorganisations up to the year's end connect, for what came after them cannot be told apart
-- (definitions R4, R5); is_group says so.
with years as (

    select * from {{ ref('int_build__years') }}

),

structures as (

    select * from {{ ref('int_agencies__in_structure') }}

),

placed as (

    select
        years.reporting_year,
        structures.structure_on,
        structures.structure_day,
        structures.agency_code,
        coalesce(groups.group_code, structures.shown_code) as body_code,
        coalesce(
            groups.group_code, {{ reporting_body('ancestors', 'structures.structure_day') }}, structures.shown_code
        ) as shown_code,
        coalesce(
            bodies.valid_from > structures.structure_day and bodies.valid_from <= years.year_end, false
        ) as is_later
    from structures
    cross join years
    left join {{ ref('int_agencies__groups') }} as groups
        on
            structures.structure_on = groups.structure_on
            and years.year_end = groups.until_on
            and structures.body_code = groups.agency_code
    left join {{ ref('int_agencies__ancestors') }} as ancestors on structures.shown_code = ancestors.agency_code
    left join {{ ref('int_agencies__dated') }} as bodies on structures.agency_code = bodies.agency_code

)

select
    reporting_year,
    structure_on,
    structure_day,
    agency_code,
    body_code,
    shown_code,
    max(cast(is_later as integer)) over (partition by reporting_year, structure_on, shown_code) = 1 as is_group
from placed
