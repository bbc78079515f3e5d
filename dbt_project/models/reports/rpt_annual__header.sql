with years as (

    select * from {{ ref('dim_reporting_years') }}
    where is_reported

),

submissions as (

    select submissions.*
    from {{ ref('fct_submissions') }} as submissions
    inner join years on submissions.reporting_year = years.reporting_year

),

totals as (

    select
        sum(cast(is_owed as integer)) as agencies_owed,
        sum(cast(is_owed and first_accepted_at is not null as integer)) as agencies_received,
        sum(cast(is_owed and is_on_time as integer)) as agencies_on_time,
        sum(cast(is_owed and first_accepted_at is null as integer)) as agencies_missing
    from submissions

),

closings as (

    select max(figures_as_of) as closed_on from submissions

),

ended as (

    select count(*) as ended_agencies
    from {{ ref('dim_agencies') }} as agencies
    inner join years on agencies.valid_to > years.year_from and agencies.valid_to <= years.year_end
    where agencies.is_reporting

),

documents as (

    select count(*) as documents_in_force
    from {{ ref('fct_policy_documents') }} as documents
    inner join years on documents.issued_on <= years.as_of
    where documents.is_issued and documents.status = 'con_hieu_luc'

),

plan as (

    select
        max(case when parameter = 'plan_number' then value end) as plan_number,
        max(case when parameter = 'plan_issued_on' then value end) as plan_issued_on
    from {{ ref('dim_parameters') }}

)

select
    years.reporting_year,
    years.known_on,
    case when closings.closed_on > years.year_end then years.year_end else closings.closed_on end as closed_on,
    years.last_on_time_on,
    years.locks_on,
    cast(coalesce(totals.agencies_owed, 0) as integer) as agencies_owed,
    cast(coalesce(totals.agencies_received, 0) as integer) as agencies_received,
    cast(coalesce(totals.agencies_on_time, 0) as integer) as agencies_on_time,
    cast(coalesce(totals.agencies_missing, 0) as integer) as agencies_missing,
    cast(ended.ended_agencies as integer) as ended_agencies,
    cast(documents.documents_in_force as integer) as documents_in_force,
    years.known_on < years.year_end as is_provisional,
    plan.plan_number,
    cast(plan.plan_issued_on as date) as plan_issued_on
from years
cross join totals
cross join closings
cross join ended
cross join documents
cross join plan
