-- Each person of the stock with what training by the cut-off does for them in each reading of CT05: 2 counts, 1 would
-- count if its field were science and technology, 0 does not.
with stock as (

    select * from {{ ref('int_talents__stock') }}

),

trainings as (

    select
        *,
        case is_science_technology when 'yes' then 2 when 'unknown' then 1 else 0 end as st
    from {{ ref('int_trainings__deduplicated') }}
    where is_completed

),

matched as (

    select
        stock.reporting_year,
        stock.person_key,
        stock.year_from,
        trainings.done_on,
        trainings.st,
        trainings.hours
    from stock
    inner join trainings
        on
            stock.person_key = trainings.person_key
            and trainings.done_on between stock.clock_on and stock.as_of
            and (stock.min_training_hours = 0 or trainings.hours >= stock.min_training_hours)

),

best as (

    select
        reporting_year,
        person_key,
        max(st) as st,
        max(case when done_on >= year_from then st else 0 end) as st_in_year,
        max(case when hours >= 40 then st else 0 end) as st_min_40_hours
    from matched
    group by reporting_year, person_key

)

select
    stock.reporting_year,
    stock.as_of,
    stock.person_key,
    stock.agency_code,
    stock.sector,
    stock.is_st_sector,
    stock.is_decided,
    best.person_key is not null as is_trained,
    coalesce(best.st, 0) as st,
    coalesce(best.st_in_year, 0) as st_in_year,
    coalesce(best.st_min_40_hours, 0) as st_min_40_hours
from stock
left join best on stock.reporting_year = best.reporting_year and stock.person_key = best.person_key
