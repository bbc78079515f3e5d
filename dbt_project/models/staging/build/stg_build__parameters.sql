with source as (

    select * from {{ source('build', 'parameters') }}

)

select
    cast(reporting_year as integer) as reporting_year,
    known_at,
    known_on,
    rule_version,
    code_version
from source
