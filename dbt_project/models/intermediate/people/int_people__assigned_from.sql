-- From where decisions brought a person to a body; NULL where two of them did and nobody can say.
with assignments as (

    select * from {{ ref('int_people__assignments') }}

)

select
    person_key,
    to_agency_code,
    case when count(distinct from_agency_code) = 1 then min(from_agency_code) end as from_agency_code
from assignments
group by person_key, to_agency_code
