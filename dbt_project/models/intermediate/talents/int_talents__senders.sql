-- For each year the body that speaks for a listed person: the sender of the newest list up to that year. Before the
-- first list: where a staff list or a decision in force last showed the person; failing that, the first sender, traced
-- back over its making where it did not exist yet.
with listed as (

    select * from {{ ref('int_talents__listed') }}

),

years as (

    select * from {{ ref('int_build__years') }}

),

left_from as (

    select distinct
        departures.reporting_year,
        departures.agency_code,
        coalesce(links.person_key, departures.identity_key) as person_key
    from {{ ref('stg_accepted__departures') }} as departures
    left join {{ ref('int_people__links') }} as links on departures.identity_key = links.identity_key

),

senders as (

    select
        years.reporting_year,
        years.as_of,
        listed.person_key,
        listed.agency_code,
        listed.reporting_year > years.reporting_year as is_later,
        row_number() over (
            partition by years.reporting_year, listed.person_key
            order by
                case when listed.reporting_year <= years.reporting_year then listed.reporting_year end desc nulls last,
                listed.reporting_year,
                left_from.agency_code is not null,
                listed.received_at desc,
                listed.agency_code
        ) as place
    from years
    cross join listed
    left join left_from
        on
            listed.reporting_year = left_from.reporting_year
            and listed.agency_code = left_from.agency_code
            and listed.person_key = left_from.person_key

),

seen as (

    select person_key, snapshot_on as seen_on, agency_code, 1 as strength from {{ ref('int_staff__presence') }}
    where agency_code <> '?'
    union all
    select person_key, event_on as seen_on, agency_code, 2 as strength from {{ ref('int_recruitments__decisions') }}
    where status = 'hieu_luc' and agency_code is not null

),

evidence as (

    select
        senders.reporting_year,
        senders.person_key,
        seen.agency_code,
        row_number() over (
            partition by senders.reporting_year, senders.person_key
            order by seen.seen_on desc, seen.strength, seen.agency_code
        ) as place
    from senders
    inner join seen
        on
            senders.person_key = seen.person_key
            and senders.place = 1
            and senders.is_later
            and seen.seen_on <= senders.as_of

),

-- the only way back: the person's own assignment to the body, else its only predecessor
ways_back as (

    select
        successor_code,
        min(predecessor_code) as predecessor_code
    from {{ ref('int_agencies__successors') }}
    group by successor_code
    having count(*) = 1

)

select
    senders.reporting_year,
    senders.person_key,
    coalesce(
        evidence.agency_code,
        case
            when not senders.is_later or coalesce(bodies.valid_from <= senders.as_of, true) then null
            when assigned_back.person_key is null then ways_back.predecessor_code
            else assigned_back.from_agency_code
        end,
        senders.agency_code
    ) as sender_code
from senders
left join evidence
    on
        senders.reporting_year = evidence.reporting_year
        and senders.person_key = evidence.person_key
        and evidence.place = 1
left join {{ ref('int_agencies__dated') }} as bodies on senders.agency_code = bodies.agency_code
left join {{ ref('int_people__assigned_from') }} as assigned_back
    on senders.person_key = assigned_back.person_key and senders.agency_code = assigned_back.to_agency_code
left join ways_back on senders.agency_code = ways_back.successor_code
where senders.place = 1
