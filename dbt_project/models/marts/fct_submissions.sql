-- One row a body and year: what it owed and what it sent. Who owed and sent nothing has a row; so has who sent unasked.
with years as (

    select * from {{ ref('int_build__years') }}

),

received as (

    select * from {{ ref('int_submissions__received') }}

),

owing as (

    select distinct reporting_year, agency_code from {{ ref('int_obligations__owed') }}
    where form = 'cover'

),

forms as (

    select
        reporting_year,
        agency_code,
        count(*) as forms_owed,
        sum(cast(state = 'filled' as integer)) as forms_filled,
        sum(cast(state = 'nil' as integer)) as forms_nil,
        sum(cast(state in ('missing', 'not_received') as integer)) as forms_missing,
        string_agg(case when state = 'nil' then form end, ', ' order by form) as nil_forms,
        string_agg(case when state in ('missing', 'not_received') then form end, ', ' order by form) as missing_forms
    from {{ ref('int_submissions__forms') }}
    where form <> 'cover'
    group by reporting_year, agency_code

),

sent as (

    select
        received.reporting_year,
        received.agency_code,
        count(*) as times_sent,
        min(received.received_at) as first_received_at,
        min(case when received.is_taken then received.received_at end) as first_accepted_at,
        max(received.received_at) as last_received_at,
        coalesce(bool_or(received.is_taken and received.received_on <= years.last_on_time_on), false) as is_on_time,
        coalesce(bool_or(received.is_taken and received.received_on <= years.agency_deadline_on), false)
            as is_on_time_inclusive,
        max(case when received.is_current then received.submission_id end) as current_submission_id,
        max(case when received.is_current then received.outcome end) as current_outcome,
        max(case when received.is_current then received.figures_as_of end) as figures_as_of
    from received
    inner join years on received.reporting_year = years.reporting_year
    group by received.reporting_year, received.agency_code

)

select
    coalesce(owing.reporting_year, sent.reporting_year) as reporting_year,
    coalesce(owing.agency_code, sent.agency_code) as agency_code,
    owing.agency_code is not null as is_owed,
    cast(coalesce(sent.times_sent, 0) as integer) as times_sent,
    sent.first_received_at,
    sent.first_accepted_at,
    sent.last_received_at,
    coalesce(sent.is_on_time, false) as is_on_time,
    coalesce(sent.is_on_time_inclusive, false) as is_on_time_inclusive,
    case
        when sent.agency_code is null then 'not_submitted'
        else coalesce(sent.current_outcome, 'rejected')
    end as outcome,
    sent.current_submission_id as submission_id,
    sent.figures_as_of,
    cast(coalesce(forms.forms_owed, 0) as integer) as forms_owed,
    cast(coalesce(forms.forms_filled, 0) as integer) as forms_filled,
    cast(coalesce(forms.forms_nil, 0) as integer) as forms_nil,
    cast(coalesce(forms.forms_missing, 0) as integer) as forms_missing,
    forms.nil_forms,
    forms.missing_forms
from owing
full outer join sent on owing.reporting_year = sent.reporting_year and owing.agency_code = sent.agency_code
left join forms
    on
        coalesce(owing.reporting_year, sent.reporting_year) = forms.reporting_year
        and coalesce(owing.agency_code, sent.agency_code) = forms.agency_code
