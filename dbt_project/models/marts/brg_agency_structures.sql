-- From the body of an event to the row in which it stands in another structure: join a fact on its body and its
-- year, choose structure_on. Persons whom a decision assigned stand in brg_person_structures, which goes first
-- (definitions R3).
with places as (

    select * from {{ ref('int_agencies__places') }}

)

select
    reporting_year,
    structure_on,
    agency_code,
    body_code,
    shown_code,
    is_group,
    shown_code like '%#chua_phan_bo' as is_unassigned
from places
