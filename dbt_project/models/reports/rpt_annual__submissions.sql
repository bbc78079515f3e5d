-- Annex X: who owed the report, when it came, in time or not, how often, with what outcome; and of whom it speaks.
with years as (

    select * from {{ ref('dim_reporting_years') }}
    where is_reported

),

submissions as (

    select submissions.*
    from {{ ref('fct_submissions') }} as submissions
    inner join years on submissions.reporting_year = years.reporting_year
    where submissions.is_owed

),

agencies as (

    select * from {{ ref('dim_agencies') }}

),

predecessors as (

    select
        successions.successor_code as agency_code,
        string_agg(agencies.name_vi, '; ' order by agencies.sort_order) as predecessors_vi
    from {{ ref('dim_agency_successions') }} as successions
    inner join years
        on successions.carries_figures and successions.effective_on between years.year_from and years.year_end
    inner join agencies on successions.predecessor_code = agencies.agency_code
    where agencies.is_reporting
    group by successions.successor_code

),

explanations as (

    select
        explanations.agency_code,
        string_agg(explanations.explanation, '; ' order by explanations.answered_at, explanations.explanation)
            as explanation
    from {{ ref('fct_explanations') }} as explanations
    inner join years on explanations.reporting_year = years.reporting_year
    where explanations.rule = 'YEAR-AGENCY-MISSING'
    group by explanations.agency_code

)

select
    cast(agencies.sort_order as integer) as sort_order,
    submissions.agency_code,
    agencies.name_vi as agency_name_vi,
    submissions.first_accepted_at,
    {{ local_day('submissions.first_accepted_at') }} as first_accepted_on,
    submissions.is_on_time,
    submissions.times_sent,
    submissions.outcome,
    submissions.nil_forms,
    submissions.missing_forms,
    predecessors.predecessors_vi,
    explanations.explanation
from submissions
inner join agencies on submissions.agency_code = agencies.agency_code
left join predecessors on submissions.agency_code = predecessors.agency_code
left join explanations on submissions.agency_code = explanations.agency_code
