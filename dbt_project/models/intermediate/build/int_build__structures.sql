-- The organisations in which every figure of this build can be read, each by its day: the first and the last day of
-- every year, and of each reorganisation the day before and the day itself. In between nothing is reorganised.
with years as (

    select * from {{ ref('int_build__years') }}

),

span as (

    select
        min(year_from) as first_day,
        max(year_end) as last_day
    from years

),

days as (

    select year_from as structure_day from years
    union
    select year_end as structure_day from years
    union
    select successions.effective_on as structure_day
    from {{ ref('stg_reference__agency_successions') }} as successions
    inner join span on successions.effective_on between span.first_day and span.last_day
    union
    select cast(successions.effective_on - interval 1 day as date) as structure_day
    from {{ ref('stg_reference__agency_successions') }} as successions
    inner join span on successions.effective_on > span.first_day and successions.effective_on <= span.last_day

)

select
    cast(structure_day as varchar) as structure_on,
    structure_day
from days
