-- Money by source and purpose, in million đồng. Planned and allocated are the finance department's word; spent is that of
-- the agency that spends.
with budgets as (

    select * from {{ ref('stg_accepted__budgets') }}

),

-- the finance department: the body that holds duty III.6 on the day of the deadline
owners as (

    select
        years.reporting_year,
        owners.agency_code
    from {{ ref('int_build__years') }} as years
    inner join {{ ref('stg_reference__task_owners') }} as owners
        on owners.task_code = 'III.6' and {{ valid_on('owners', 'years.last_on_time_on') }}

)

select
    budgets.reporting_year,
    budgets.agency_code,
    budgets.funding_source,
    budgets.purpose,
    budgets.policy_code,
    budgets.planned_amount,
    budgets.allocated_amount,
    budgets.spent_amount,
    budgets.estimated_year_amount,
    owners.agency_code is not null as is_finance_department,
    budgets.submission_id,
    budgets.sheet,
    budgets."row"
from budgets
left join owners on budgets.reporting_year = owners.reporting_year and budgets.agency_code = owners.agency_code
