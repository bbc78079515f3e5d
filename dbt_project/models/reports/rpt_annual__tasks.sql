-- Annex VI: outputs of the task groups, summed over the agencies that reported them.
with years as (

    select * from {{ ref('dim_reporting_years') }}
    where is_reported

),

tasks as (

    select * from {{ ref('dim_tasks') }}

),

outputs as (

    select
        outputs.output_code,
        sum(outputs.planned_count) as planned,
        sum(outputs.actual_count) as actual,
        count(distinct outputs.agency_code) as agencies_reporting
    from {{ ref('fct_task_outputs') }} as outputs
    inner join years on outputs.reporting_year = years.reporting_year
    group by outputs.output_code

),

owing as (

    select
        tasks.task_code,
        count(distinct agencies.agency_code) as agencies_owed
    from {{ ref('fct_forms') }} as owed
    inner join years on owed.reporting_year = years.reporting_year and owed.form = 'B07b'
    inner join {{ ref('dim_agencies') }} as agencies on owed.agency_code = agencies.agency_code
    inner join tasks on {{ listed('agencies.kind', 'tasks.asked_of_kinds') }}
    group by tasks.task_code

)

select
    labels.task_code,
    tasks.title_vi as task_name_vi,
    labels.output_code,
    labels.label_vi as output_label_vi,
    labels.unit_vi,
    cast(labels.sort_order as integer) as sort_order,
    cast(outputs.planned as bigint) as planned,
    cast(outputs.actual as bigint) as actual,
    cast(coalesce(outputs.agencies_reporting, 0) as bigint) as agencies_reporting,
    cast(coalesce(owing.agencies_owed, 0) as bigint) as agencies_owed
from {{ ref('dim_task_outputs') }} as labels
inner join tasks on labels.task_code = tasks.task_code
left join outputs on labels.output_code = outputs.output_code
left join owing on labels.task_code = owing.task_code
