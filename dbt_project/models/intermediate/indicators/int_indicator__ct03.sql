-- CT03: the counts of CT02's headline, year by year, under two readings of when the floor binds (section 3). Rows of
-- bodies exist for the reading that is printed first.
with counts as (

    select * from {{ ref('int_indicator__ct02') }}
    where reading = 'annual_persons' and period_code = 'KY_LICH'

),

years as (

    select * from {{ ref('int_build__years') }}

),

readings as (

    select 'tu_2030' as reading
    union all
    select 'tu_2026' as reading

)

select
    'CT03' as indicator_code,
    readings.reading,
    counts.reporting_year,
    counts.period_code,
    counts.agency_code,
    counts.structure_on,
    counts.as_of,
    counts.numerator,
    counts.denominator,
    counts.missing_count,
    counts.assumed_count,
    counts.undetermined_count,
    counts.agencies_owed,
    counts.agencies_missing,
    counts.is_due,
    counts.is_provisional
from counts
inner join years on counts.reporting_year = years.reporting_year
inner join readings on counts.agency_code = 'LS' or readings.reading = years.ct03_from
