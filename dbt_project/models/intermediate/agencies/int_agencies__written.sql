-- Every way a register, or a form that speaks of other agencies, wrote an agency, with the day it was written for.
with register as (

    select * from {{ ref('stg_accepted__recruitment_register') }}

),

coverage as (

    select * from {{ ref('stg_accepted__register_coverage') }}

),

assignments as (

    select * from {{ ref('stg_accepted__person_assignments') }}

),

written as (

    select agency_code, coalesce(effective_on, decided_on) as on_day from register
    union
    select agency_code, decided_on as on_day from register
    union
    select deciding_agency_code as agency_code, decided_on as on_day from register
    union
    select agency_code, period_to as on_day from coverage
    union
    select deciding_agency_code as agency_code, period_to as on_day from coverage
    union
    select agency_code, snapshot_on as on_day from {{ ref('stg_accepted__staff_snapshots') }}
    union
    select from_agency_code as agency_code, cast(effective_on - interval 1 day as date) as on_day from assignments
    union
    select to_agency_code as agency_code, effective_on as on_day from assignments
    union
    select destination_agency_code as agency_code, effective_on as on_day
    from {{ ref('stg_accepted__departures') }}
    union
    select agency_code, inspected_on as on_day from {{ ref('stg_accepted__inspections') }}

)

select
    agency_code as agency_written,
    on_day
from written
where agency_code is not null and on_day is not null
