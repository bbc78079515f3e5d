-- CT05: talents trained in science and technology (worked-examples section 5). A stock on the cut-off day; a field that
-- cannot be determined is not counted, it widens the upper bound.
with years as (

    select * from {{ ref('int_build__years') }}

),

stock as (

    select * from {{ ref('int_trainings__stock') }}

),

read as (

    select 'reading_a' as reading, reporting_year, agency_code, st = 2 as counts, st = 1 as may_count from stock
    where is_decided
    union all
    select 'reading_b' as reading, reporting_year, agency_code, is_trained as counts, false as may_count from stock
    where is_decided and is_st_sector
    union all
    select 'broad' as reading, reporting_year, agency_code, st = 2 as counts, st = 1 as may_count from stock
    union all
    select 'in_year' as reading, reporting_year, agency_code, st_in_year = 2 as counts, st_in_year = 1 as may_count
    from stock
    where is_decided
    union all
    select
        'min_40_hours' as reading, reporting_year, agency_code,
        st_min_40_hours = 2 as counts, st_min_40_hours = 1 as may_count
    from stock
    where is_decided

),

bodies as (

    select years.reporting_year, readings.reading, 'LS' as agency_code
    from years
    inner join {{ ref('stg_reference__indicator_readings') }} as readings on readings.indicator_code = 'CT05'
    union
    select rosters.reporting_year, years.ct05_reading as reading, rosters.agency_code
    from {{ ref('int_agencies__rosters') }} as rosters
    inner join years on rosters.reporting_year = years.reporting_year and rosters.structure_on <> 'as_reported'
    union
    select read.reporting_year, read.reading, read.agency_code
    from read
    inner join years on read.reporting_year = years.reporting_year and read.reading = years.ct05_reading

),

counts as (

    select
        reporting_year,
        reading,
        agency_code,
        sum(cast(counts as bigint)) as numerator,
        count(*) as denominator,
        sum(cast(may_count as bigint)) as undetermined_count
    from (
        select * from read
        union all
        select reading, reporting_year, 'LS' as agency_code, counts, may_count from read
    ) as shown
    group by reporting_year, reading, agency_code

)

select
    'CT05' as indicator_code,
    bodies.reading,
    bodies.reporting_year,
    'KY_LICH' as period_code,
    bodies.agency_code,
    structures.structure_on,
    years.as_of,
    cast(coalesce(counts.numerator, 0) as bigint) as numerator,
    cast(coalesce(counts.denominator, 0) as bigint) as denominator,
    cast(0 as bigint) as missing_count,
    cast(0 as bigint) as assumed_count,
    cast(coalesce(counts.undetermined_count, 0) as bigint) as undetermined_count,
    cast(coalesce(owed.agencies_owed, 0) as bigint) as agencies_owed,
    cast(coalesce(owed.agencies_missing, 0) as bigint) as agencies_missing,
    years.as_of >= years.year_from as is_due,
    years.as_of < years.year_end as is_provisional
from bodies
inner join years on bodies.reporting_year = years.reporting_year
inner join (
    select reporting_year, 'as_reported' as structure_on from years
    union all
    select reporting_year, structure_on from years
) as structures on bodies.reporting_year = structures.reporting_year
left join counts
    on
        bodies.reporting_year = counts.reporting_year
        and bodies.reading = counts.reading
        and bodies.agency_code = counts.agency_code
left join {{ ref('int_submissions__owing') }} as owed
    on bodies.reporting_year = owed.reporting_year and bodies.agency_code = owed.agency_code
