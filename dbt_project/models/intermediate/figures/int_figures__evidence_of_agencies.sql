-- The rows under the headline figures that count agencies (CT01, CT06): the plan that was issued in time, the workbook
-- that arrived in time. Below the line stands the roster, which has no rows of its own.
with years as (

    select * from {{ ref('int_build__years') }}

),

structures as (

    select reporting_year, 'as_reported' as structure_on from years
    union all
    select reporting_year, structure_on from years

),

plans as (

    select
        credited.reporting_year,
        plans.agency_code,
        plans.submission_id,
        plans.sheet,
        plans."row"
    from {{ ref('int_plans__credited') }} as credited
    inner join {{ ref('stg_accepted__plans') }} as plans
        on
            credited.agency_code = plans.agency_code
            and credited.roster = 'fixed'
            and credited.is_on_time
            and plans.plan_number is not null
            and plans.issued_on <= credited.target_on

),

arrivals as (

    select
        received.reporting_year,
        received.agency_code,
        received.submission_id,
        cast(null as varchar) as sheet,
        cast(null as integer) as "row"
    from {{ ref('int_submissions__received') }} as received
    inner join years on received.reporting_year = years.reporting_year
    inner join {{ ref('int_obligations__owed') }} as owed
        on
            received.reporting_year = owed.reporting_year
            and received.agency_code = owed.agency_code
            and owed.form = 'cover'
    where received.is_taken and received.received_on <= years.last_on_time_on

)

select
    'CT01' as indicator_code, plans.reporting_year, structures.structure_on, plans.agency_code, 'numerator' as role,
    'plans' as dataset, plans.submission_id, plans.sheet, plans."row"
from plans
inner join structures on plans.reporting_year = structures.reporting_year

union all

select
    'CT06' as indicator_code, arrivals.reporting_year, structures.structure_on, arrivals.agency_code,
    'numerator' as role, 'submissions' as dataset, arrivals.submission_id, arrivals.sheet, arrivals."row"
from arrivals
inner join structures on arrivals.reporting_year = structures.reporting_year
