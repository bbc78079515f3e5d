-- Plans that agencies reported, and whether each counts as issued, in time, unknown or a draft (CT01).
with plans as (

    select * from {{ ref('stg_accepted__plans') }}

),

rule as (

    select
        min(years.year_from) as counts_from,
        max(targets.target_on) as target_on
    from {{ ref('int_build__years') }} as years
    cross join {{ ref('stg_reference__targets') }} as targets
    where targets.indicator_code = 'CT01'

)

select
    plans.reporting_year,
    plans.agency_code,
    plans.plan_number,
    plans.issued_on,
    plans.document_kind,
    cast(plans.period_from as integer) as period_from,
    cast(plans.period_to as integer) as period_to,
    plans.has_sectors,
    plans.has_targets,
    plans.has_phases,
    plans.supersedes_number,
    case
        when coalesce(plans.document_kind, 'ke_hoach') not in ('ke_hoach', 'quyet_dinh') then 'other_document'
        when plans.plan_number is null then 'draft'
        when plans.issued_on is null then 'unknown_day'
        when plans.issued_on < rule.counts_from then 'before_province'
        when plans.issued_on <= rule.target_on then 'on_time'
        else 'late'
    end as state,
    plans.submission_id,
    plans.sheet,
    plans."row"
from plans
cross join rule
