with parameters as (

    select known_at from {{ source('build', 'parameters') }}

),

source as (

    select * from {{ source('build', 'province_steps') }}

)

select
    cast(source.reporting_year as integer) as reporting_year,
    source.event,
    source.document_number,
    source.happened_on,
    source.recorded_at
from source
cross join parameters
where source.recorded_at <= parameters.known_at
