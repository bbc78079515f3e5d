-- B02 beside the register, form by form and kind by kind: control totals never replace the register. Decisions of kinds
-- that are no recruits stand in B02 too. Told by who reported for the employer on the day, or its only successor (R11).
with summaries as (

    select
        reporting_year,
        agency_code,
        recruitment_form,
        staff_kind,
        sum(recruits_count) as summary_count,
        sum(first_time_count) as summary_first_time_count,
        sum(talents_count) as summary_talents_count,
        sum(cancelled_count) as summary_cancelled_count
    from {{ ref('stg_accepted__recruitment_summaries') }}
    group by reporting_year, agency_code, recruitment_form, staff_kind

),

years as (

    select * from {{ ref('int_build__years') }}

),

closings as (

    select
        reporting_year,
        agency_code,
        max(figures_as_of) as figures_as_of
    from {{ ref('int_submissions__received') }}
    where is_current
    group by reporting_year, agency_code

),

register as (

    select
        years.reporting_year,
        structures.shown_code as agency_code,
        decisions.recruitment_form,
        decisions.staff_kind,
        count(*) as register_count
    from {{ ref('int_recruitments__classified') }} as decisions
    inner join years on decisions.event_on between years.year_from and years.as_of
    inner join {{ ref('int_agencies__ancestors') }} as ancestors on decisions.agency_code = ancestors.agency_code
    inner join {{ ref('int_agencies__in_structure') }} as structures
        on
            years.structure_on = structures.structure_on
            and {{ reporting_body('ancestors', 'decisions.event_on') }} = structures.agency_code
    left join closings
        on years.reporting_year = closings.reporting_year and structures.shown_code = closings.agency_code
    where
        decisions.counted_as in ('recruit', 'contract', 'staff_kind')
        and (closings.figures_as_of is null or decisions.event_on <= closings.figures_as_of)
    group by all

)

select
    coalesce(summaries.reporting_year, register.reporting_year) as reporting_year,
    coalesce(summaries.agency_code, register.agency_code) as agency_code,
    coalesce(summaries.recruitment_form, register.recruitment_form) as recruitment_form,
    coalesce(summaries.staff_kind, register.staff_kind) as staff_kind,
    cast(coalesce(register.register_count, 0) as bigint) as register_count,
    cast(summaries.summary_count as bigint) as summary_count,
    cast(coalesce(register.register_count, 0) - summaries.summary_count as bigint) as difference,
    cast(summaries.summary_first_time_count as bigint) as summary_first_time_count,
    cast(summaries.summary_talents_count as bigint) as summary_talents_count,
    cast(summaries.summary_cancelled_count as bigint) as summary_cancelled_count
from summaries
full outer join register
    on
        summaries.reporting_year = register.reporting_year
        and summaries.agency_code = register.agency_code
        and summaries.recruitment_form = register.recruitment_form
        and summaries.staff_kind = register.staff_kind
