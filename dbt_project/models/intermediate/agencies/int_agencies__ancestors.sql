-- For each body the two bodies above it, with their days: a body that does not report itself is counted with the
-- nearest one that does (a commune before 01/07/2025 with its district, a school with its parent).
with agencies as (

    select * from {{ ref('int_agencies__dated') }}

)

select
    agencies.agency_code,
    agencies.is_unassigned,
    agencies.is_reporting,
    agencies.valid_from,
    agencies.valid_to,
    parents.agency_code as parent_code,
    parents.is_reporting as parent_is_reporting,
    parents.valid_from as parent_valid_from,
    parents.valid_to as parent_valid_to,
    grandparents.agency_code as grandparent_code,
    grandparents.is_reporting as grandparent_is_reporting,
    grandparents.valid_from as grandparent_valid_from,
    grandparents.valid_to as grandparent_valid_to
from agencies
left join agencies as parents on agencies.parent_code = parents.agency_code
left join agencies as grandparents on parents.parent_code = grandparents.agency_code
