-- (what was written, day) -> body. A code is looked up before a name; what is not one body on that day stays NULL.
with written as (

    select
        agency_written,
        on_day,
        {{ name_key('agency_written') }} as normal_written
    from {{ ref('int_agencies__written') }}

),

agencies as (

    select * from {{ ref('int_agencies__dated') }}
    where not is_unassigned

),

names as (

    select agency_code, official_code as name, 1 as priority, valid_from, valid_to from agencies
    union all
    select agency_code, agency_code as name, 1 as priority, valid_from, valid_to from agencies
    union all
    select agency_code, name_vi as name, 2 as priority, valid_from, valid_to from agencies
    union all
    select agency_code, short_name_vi as name, 2 as priority, valid_from, valid_to from agencies
    union all
    select
        agency_code,
        alias as name,
        2 as priority,
        coalesce(valid_from, date '1900-01-01') as valid_from,
        valid_to
    from {{ ref('stg_reference__agency_aliases') }}
    union all
    -- a code that lost its leading zero as a number
    select agency_code, ltrim(official_code, '0') as name, 3 as priority, valid_from, valid_to from agencies
    where official_code like '0%'

),

normal_names as (

    select distinct
        names.agency_code,
        names.priority,
        names.valid_from,
        names.valid_to,
        {{ name_key('names.name') }} as normal_name
    from names

),

matched as (

    select
        written.agency_written,
        written.on_day,
        normal_names.agency_code,
        normal_names.priority,
        min(normal_names.priority) over (partition by written.agency_written, written.on_day) as best_priority
    from written
    inner join normal_names on written.normal_written = normal_names.normal_name
    inner join agencies on normal_names.agency_code = agencies.agency_code
    where {{ valid_on('normal_names', 'written.on_day') }} and {{ valid_on('agencies', 'written.on_day') }}

)

select
    agency_written,
    on_day,
    min(agency_code) as agency_code,
    min(priority) as priority
from matched
where priority = best_priority
group by agency_written, on_day
having count(distinct agency_code) = 1
