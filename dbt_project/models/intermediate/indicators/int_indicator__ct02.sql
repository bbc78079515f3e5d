-- CT02: share of talents among new recruits (worked-examples section 2).
with tallies as (

    select * from {{ ref('int_recruitments__by_province') }}
    union all
    select * from {{ ref('int_recruitments__by_agency') }}

)

select
    'CT02' as indicator_code,
    reading,
    reporting_year,
    period_code,
    agency_code,
    structure_on,
    as_of,
    cast(numerator as bigint) as numerator,
    cast(denominator as bigint) as denominator,
    cast(missing_count as bigint) as missing_count,
    cast(assumed_count as bigint) as assumed_count,
    cast(0 as bigint) as undetermined_count,
    cast(agencies_owed as bigint) as agencies_owed,
    cast(agencies_missing as bigint) as agencies_missing,
    is_due,
    is_provisional
from tallies
