-- Register rows, one a person and decision, with the body that employs on the day the decision takes effect (R1).
with register as (

    select
        *,
        submission_id || ':' || coalesce(sheet, '') || ':' || cast("row" as varchar) as row_id,
        coalesce(effective_on, decided_on) as event_on
    from {{ ref('stg_accepted__recruitment_register') }}

),

links as (

    select * from {{ ref('int_people__links') }}

),

resolved as (

    select * from {{ ref('int_agencies__resolved') }}

),

-- the body meant on the day of the decision, carried over a reorganisation that fell before the day of effect
carried as (

    select distinct
        resolved.agency_written,
        resolved.on_day,
        successors.effective_on,
        case
            when successors.successor_count = 1 then successors.successor_code
            else successors.predecessor_code || '#chua_phan_bo'
        end as agency_code
    from resolved
    inner join {{ ref('int_agencies__successors') }} as successors
        on resolved.agency_code = successors.predecessor_code

),

keyed as (

    select
        register.row_id,
        register.submission_id,
        register.sheet,
        register."row",
        register.received_at,
        coalesce(links.person_key, register.identity_key) as person_key,
        register.decision_number,
        register.decided_on,
        register.effective_on,
        register.event_on,
        register.agency_code as agency_written,
        coalesce(employers.agency_code, carried.agency_code) as agency_code,
        coalesce(deciders.agency_code, register.deciding_agency_code) as deciding_agency_code,
        register.unit_code,
        register.staff_kind,
        register.recruitment_form,
        register.first_time_in_public_service as is_first_time,
        register.legal_basis,
        register.status
    from register
    left join links on register.identity_key = links.identity_key
    left join resolved as employers
        on register.agency_code = employers.agency_written and register.event_on = employers.on_day
    left join carried
        on
            register.agency_code = carried.agency_written
            and register.decided_on = carried.on_day
            and register.event_on >= carried.effective_on
    left join resolved as deciders
        on register.deciding_agency_code = deciders.agency_written and register.decided_on = deciders.on_day

),

latest as (

    select
        *,
        row_number() over (
            partition by person_key, deciding_agency_code, decision_number
            order by received_at desc, submission_id desc, "row" desc
        ) as place
    from keyed

)

select
    row_id,
    submission_id,
    sheet,
    "row",
    received_at,
    person_key,
    decision_number,
    decided_on,
    effective_on,
    event_on,
    agency_written,
    agency_code,
    deciding_agency_code,
    unit_code,
    staff_kind,
    recruitment_form,
    is_first_time,
    legal_basis,
    status
from latest
where place = 1
