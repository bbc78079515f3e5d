-- CT05: talents trained in science and technology (worked-examples section 5). A stock on the cut-off day; a field that
-- cannot be determined is not counted, it widens the upper bound.
with years as (

    select * from {{ ref('int_build__years') }}

),

stock as (

    select
        stock.reporting_year,
        stock.is_decided,
        stock.is_st_sector,
        stock.is_trained,
        stock.st,
        stock.st_in_year,
        stock.st_min_40_hours,
        places.structure_on,
        places.agency_code
    from {{ ref('int_trainings__stock') }} as stock
    inner join {{ ref('int_talents__places') }} as places
        on
            stock.reporting_year = places.reporting_year
            and stock.person_key = places.person_key
            and stock.as_of = places.on_day

),

owing as (

    select * from {{ ref('int_agencies__owing') }}

),

read as (

    {%- for reading, counts, may_count, where in [
        ('reading_a', 'st = 2', 'st = 1', 'is_decided'),
        ('reading_b', 'is_trained', 'false', 'is_decided and is_st_sector'),
        ('broad', 'st = 2', 'st = 1', 'true'),
        ('in_year', 'st_in_year = 2', 'st_in_year = 1', 'is_decided'),
        ('min_40_hours', 'st_min_40_hours = 2', 'st_min_40_hours = 1', 'is_decided')] %}
    {{ 'union all' if not loop.first }}
    select
        '{{ reading }}' as reading, reporting_year, structure_on, agency_code,
        {{ counts }} as counts, {{ may_count }} as may_count
    from stock
    where {{ where }}
    {%- endfor %}

),

bodies as (

    select owing.reporting_year, owing.structure_on, readings.reading, owing.agency_code
    from owing
    inner join {{ ref('stg_reference__indicator_readings') }} as readings
        on readings.indicator_code = 'CT05' and owing.agency_code = 'LS'
    union
    select owing.reporting_year, owing.structure_on, years.ct05_reading as reading, owing.agency_code
    from owing
    inner join years on owing.reporting_year = years.reporting_year
    union
    select read.reporting_year, read.structure_on, read.reading, read.agency_code
    from read
    inner join years on read.reporting_year = years.reporting_year and read.reading = years.ct05_reading

),

counts as (

    select
        reporting_year,
        structure_on,
        reading,
        agency_code,
        sum(cast(counts as bigint)) as numerator,
        count(*) as denominator,
        sum(cast(may_count as bigint)) as undetermined_count
    from (
        select * from read
        union all
        select reading, reporting_year, structure_on, 'LS' as agency_code, counts, may_count from read
    ) as shown
    group by reporting_year, structure_on, reading, agency_code

)

select
    'CT05' as indicator_code,
    bodies.reading,
    bodies.reporting_year,
    'KY_LICH' as period_code,
    bodies.agency_code,
    bodies.structure_on,
    years.as_of,
    cast(coalesce(counts.numerator, 0) as bigint) as numerator,
    cast(coalesce(counts.denominator, 0) as bigint) as denominator,
    cast(0 as bigint) as missing_count,
    cast(0 as bigint) as assumed_count,
    cast(coalesce(counts.undetermined_count, 0) as bigint) as undetermined_count,
    coalesce(owing.agencies_owed, 0) as agencies_owed,
    coalesce(owing.agencies_missing, 0) as agencies_missing,
    years.as_of >= years.year_from as is_due,
    years.as_of < years.year_end as is_provisional
from bodies
inner join years on bodies.reporting_year = years.reporting_year
left join counts
    on
        bodies.reporting_year = counts.reporting_year
        and bodies.structure_on = counts.structure_on
        and bodies.reading = counts.reading
        and bodies.agency_code = counts.agency_code
left join owing
    on
        bodies.reporting_year = owing.reporting_year
        and bodies.structure_on = owing.structure_on
        and bodies.agency_code = owing.agency_code
