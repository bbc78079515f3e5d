-- Annex VII: the duties of section III, who holds them on the day of the deadline and since when, and how they stand.
-- A duty of a kind of bodies (III.11) is one row; its holders report through CT01 and CT06.
with years as (

    select * from {{ ref('dim_reporting_years') }}
    where is_reported

),

tasks as (

    select * from {{ ref('dim_tasks') }}
    where section = 'III'

),

owners as (

    select * from {{ ref('dim_task_owners') }}
    where not by_kind

),

agencies as (

    select * from {{ ref('dim_agencies') }}

),

holding as (

    select
        owners.task_code,
        owners.agency_code,
        owners.valid_from,
        owners.role,
        owners.legal_act
    from owners
    inner join years on {{ valid_on('owners', 'years.last_on_time_on') }}

),

before as (

    select
        holding.task_code,
        holding.agency_code,
        string_agg(agencies.name_vi, '; ' order by agencies.sort_order) as previous_owner_name_vi
    from holding
    inner join owners on holding.task_code = owners.task_code and holding.valid_from = owners.valid_to
    inner join agencies on owners.agency_code = agencies.agency_code
    group by holding.task_code, holding.agency_code

),

progress as (

    select
        progress.task_code,
        progress.agency_code,
        max(progress.status) as status,
        max(progress.condition_document) as condition_document,
        max(progress.evidence_number) as evidence_number,
        max(progress.evidence_on) as evidence_on
    from {{ ref('fct_task_progress') }} as progress
    inner join years on progress.reporting_year = years.reporting_year
    group by progress.task_code, progress.agency_code

)

select
    tasks.task_code,
    tasks.title_vi as task_name_vi,
    cast(tasks.sort_order as integer) as sort_order,
    holding.agency_code as owner_code,
    coalesce(agencies.name_vi, 'Các cơ quan, đơn vị') as owner_name_vi,
    holding.valid_from as owner_since,
    holding.role as owner_role,
    before.previous_owner_name_vi,
    case when before.previous_owner_name_vi is not null then holding.legal_act end as succession_act,
    progress.status,
    coalesce(progress.condition_document, case when tasks.is_conditional then tasks.condition_vi end)
        as condition_document,
    case
        when progress.evidence_number is not null
            then progress.evidence_number || coalesce(' ngày ' || strftime(progress.evidence_on, '%d/%m/%Y'), '')
    end as evidence
from tasks
left join holding on tasks.task_code = holding.task_code
left join agencies on holding.agency_code = agencies.agency_code
left join before on holding.task_code = before.task_code and holding.agency_code = before.agency_code
left join progress on holding.task_code = progress.task_code and holding.agency_code = progress.agency_code
