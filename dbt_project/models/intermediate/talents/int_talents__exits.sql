-- Leavings and breaks of B04, one a person and first day out. A move inside the scope without a day of return is no
-- leaving; with one it is a break. Objective: death, loss of health, statutory retirement.
with departures as (

    select * from {{ ref('stg_accepted__departures') }}

),

links as (

    select * from {{ ref('int_people__links') }}

),

reasons as (

    select code, attribute from {{ ref('stg_reference__code_lists') }}
    where list = 'exit_reason'

),

keyed as (

    select
        departures.*,
        coalesce(links.person_key, departures.identity_key) as person_key,
        max(departures.returned_on) over (
            partition by coalesce(links.person_key, departures.identity_key), departures.effective_on
        ) as back_on,
        row_number() over (
            partition by coalesce(links.person_key, departures.identity_key), departures.effective_on
            order by departures.received_at desc, departures.submission_id, departures."row"
        ) as place
    from departures
    left join links on departures.identity_key = links.identity_key

)

select
    keyed.submission_id,
    keyed.sheet,
    keyed."row",
    keyed.agency_code,
    keyed.person_key,
    keyed.exit_reason,
    keyed.destination_kind,
    keyed.effective_on as exit_on,
    keyed.back_on,
    date_diff('day', keyed.effective_on, keyed.back_on) as gap_days,
    coalesce(reasons.attribute = 'leaves_objective', false) as is_objective,
    coalesce(keyed.exit_reason = 'chuyen_co_quan_dang', false)
    or coalesce(keyed.destination_kind = 'he_thong_chinh_tri_tinh', false) as stays_in_system
from keyed
left join reasons on keyed.exit_reason = reasons.code
where
    keyed.place = 1
    and (keyed.exit_reason is distinct from 'chuyen_trong_pham_vi' or keyed.back_on is not null)
