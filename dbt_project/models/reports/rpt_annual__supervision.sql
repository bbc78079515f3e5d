-- What don_doc says (worked-examples 9.2): papers by which the body that holds duty III.1 urged the agencies in the year
-- (its own, with "đôn đốc" in the title), and its inspections. Notices of deadlines are in no dataset yet: NULL, never 0.
with years as (

    select * from {{ ref('dim_reporting_years') }}
    where is_reported

),

holders as (

    select distinct agency_code from {{ ref('dim_task_owners') }}
    where task_code = 'III.1'

),

answers as (

    select
        coalesce(bool_or(forms.form = 'B13'), false) as told_documents,
        coalesce(bool_or(forms.form = 'KT'), false) as told_inspections
    from {{ ref('fct_forms') }} as forms
    inner join years on forms.reporting_year = years.reporting_year
    inner join holders on forms.agency_code = holders.agency_code
    where forms.state in ('filled', 'nil')

),

urging as (

    select count(*) as reminders
    from {{ ref('fct_policy_documents') }} as documents
    inner join years on documents.issued_on between years.year_from and years.as_of
    inner join holders on documents.agency_code = holders.agency_code
    where
        documents.is_issued
        and documents.issuing_body = 'co_quan'
        and contains({{ normal_text('documents.title') }}, 'đôn đốc')

),

inspected as (

    select
        count(distinct inspections.agency_code) as agencies,
        coalesce(sum(inspections.findings_count), 0) as findings,
        coalesce(sum(inspections.remedied_count), 0) as remedied
    from {{ ref('fct_inspections') }} as inspections
    inner join years on inspections.inspected_on between years.year_from and years.as_of

),

-- a later return may tell of the year
known as (

    select
        answers.told_documents or urging.reminders > 0 as of_documents,
        answers.told_inspections or inspected.agencies > 0 as of_inspections
    from answers
    cross join urging
    cross join inspected

)

select
    years.reporting_year,
    cast(case when known.of_documents then urging.reminders end as bigint) as reminders,
    cast(null as bigint) as notices,
    cast(case when known.of_inspections then inspected.agencies end as bigint) as agencies_inspected,
    cast(case when known.of_inspections then inspected.findings end as bigint) as findings,
    cast(case when known.of_inspections then inspected.remedied end as bigint) as remedied
from years
cross join urging
cross join inspected
cross join known
