-- CT06: agencies that reported on time (worked-examples section 6). Every version that arrived counts, also superseded.
-- The province has its row even where nobody owes a report: 0 of 0, which is no value.
{%- set readings = ['arrived_and_taken', 'deadline_inclusive', 'arrived_any', 'document_date', 'to_date'] %}
with years as (

    select * from {{ ref('int_build__years') }}

),

owing as (

    select * from {{ ref('int_obligations__owed') }}
    where form = 'cover'

),

received as (

    select * from {{ ref('int_submissions__received') }}

),

judged as (

    select
        owing.reporting_year,
        owing.agency_code,
        coalesce(bool_or(received.is_taken and received.received_on <= years.last_on_time_on), false)
            as arrived_and_taken,
        coalesce(bool_or(received.is_taken and received.received_on <= years.agency_deadline_on), false)
            as deadline_inclusive,
        coalesce(bool_or(received.received_on <= years.last_on_time_on), false) as arrived_any,
        coalesce(bool_or(received.is_taken and received.document_date <= years.last_on_time_on), false)
            as document_date,
        coalesce(bool_or(received.is_taken), false) as to_date
    from owing
    inner join years on owing.reporting_year = years.reporting_year
    left join received
        on owing.reporting_year = received.reporting_year and owing.agency_code = received.agency_code
    group by owing.reporting_year, owing.agency_code

),

read as (

    {%- for reading in readings %}
    {{ 'union all' if not loop.first }}
    select '{{ reading }}' as reading, reporting_year, agency_code, {{ reading }} as is_met, not to_date as is_missing
    from judged
    {%- endfor %}

),

shown as (

    select reading, reporting_year, 'LS' as agency_code, is_met, is_missing from read
    union all
    select reading, reporting_year, agency_code, is_met, is_missing from read
    where reading = 'arrived_and_taken'
    {%- for reading in readings %}
    union all
    select '{{ reading }}' as reading, reporting_year, 'LS' as agency_code, null as is_met, null as is_missing
    from years
    {%- endfor %}

),

counts as (

    select
        reading,
        reporting_year,
        agency_code,
        count(*) filter (where is_met) as numerator,
        count(is_met) as denominator,
        count(*) filter (where is_missing) as agencies_missing
    from shown
    group by reading, reporting_year, agency_code

)

select
    'CT06' as indicator_code,
    counts.reading,
    counts.reporting_year,
    'KY_LICH' as period_code,
    counts.agency_code,
    structures.structure_on,
    years.as_of,
    counts.numerator,
    cast(counts.denominator as bigint) as denominator,
    cast(0 as bigint) as missing_count,
    cast(0 as bigint) as assumed_count,
    cast(0 as bigint) as undetermined_count,
    cast(counts.denominator as bigint) as agencies_owed,
    counts.agencies_missing,
    case counts.reading
        when 'to_date' then true
        when 'deadline_inclusive' then years.known_on > years.agency_deadline_on
        else years.known_on > years.last_on_time_on
    end as is_due,
    years.known_on < years.agency_deadline_on as is_provisional
from counts
inner join years on counts.reporting_year = years.reporting_year
inner join (
    select reporting_year, 'as_reported' as structure_on from years
    union all
    select reporting_year, structure_on from years
) as structures on counts.reporting_year = structures.reporting_year
