-- Persons for whom a decision of assignment decides in which row they stand, from each body they stood at: where a
-- person has a row here, it goes before brg_agency_structures. Only structures of the day of a decision or later are
-- different.
with carried as (

    select * from {{ ref('int_people__carried') }}

)

select
    places.reporting_year,
    structures.structure_on,
    carried.person_key,
    carried.agency_code,
    carried.carried_code,
    places.shown_code
from carried
inner join {{ ref('int_build__structures') }} as structures on carried.on_day = structures.structure_day
inner join {{ ref('int_agencies__places') }} as places
    on structures.structure_on = places.structure_on and carried.carried_code = places.agency_code
