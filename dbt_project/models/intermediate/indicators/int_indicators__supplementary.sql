-- Counts beside the indicators that are no recruitment (definitions C8): BS01 talents attracted outside recruitment,
-- BS02 talents recognised in service, in the calendar year, for the province.
with years as (

    select * from {{ ref('int_build__years') }}

),

spells as (

    select * from {{ ref('int_talents__spells') }}
    where decided_on is not null

),

recruited as (

    select distinct person_key, reporting_year from {{ ref('int_recruitments__counted') }}
    where reading = 'annual_persons' and period_code = 'KY_LICH'

),

counted as (

    select
        years.reporting_year,
        sum(cast(
            spells.entry_route = 'thu_hut'
            and spells.clock_on between years.year_from and years.as_of
            and recruited.person_key is null as bigint
        )) as attracted_count,
        sum(cast(
            spells.entry_route = 'trong_dung' and spells.decided_on between years.year_from and years.as_of as bigint
        )) as recognised_count
    from years
    cross join spells
    left join recruited on spells.person_key = recruited.person_key and years.reporting_year = recruited.reporting_year
    group by years.reporting_year

),

measures as (

    select 'BS01' as indicator_code, reporting_year, attracted_count as numerator from counted
    union all
    select 'BS02' as indicator_code, reporting_year, recognised_count as numerator from counted

)

select
    codes.indicator_code,
    'count' as reading,
    years.reporting_year,
    'KY_LICH' as period_code,
    'LS' as agency_code,
    structures.structure_on,
    years.as_of,
    cast(coalesce(measures.numerator, 0) as bigint) as numerator,
    cast(null as bigint) as denominator,
    cast(0 as bigint) as missing_count,
    cast(0 as bigint) as assumed_count,
    cast(0 as bigint) as undetermined_count,
    cast(coalesce(owed.agencies_owed, 0) as bigint) as agencies_owed,
    cast(coalesce(owed.agencies_missing, 0) as bigint) as agencies_missing,
    true as is_due,
    years.as_of < years.year_end as is_provisional
from years
cross join (
    select 'BS01' as indicator_code
    union all
    select 'BS02' as indicator_code
) as codes
inner join (
    select reporting_year, 'as_reported' as structure_on from years
    union all
    select reporting_year, structure_on from years
) as structures on years.reporting_year = structures.reporting_year
left join measures
    on codes.indicator_code = measures.indicator_code and years.reporting_year = measures.reporting_year
left join {{ ref('int_submissions__owing') }} as owed
    on years.reporting_year = owed.reporting_year and owed.agency_code = 'LS'
