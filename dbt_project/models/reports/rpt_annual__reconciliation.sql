-- The register beside the own totals (B02) of the agencies that owe them, for the review: a difference is a question,
-- never a replacement. People of an ended district are in the register only.
with controls as (

    select controls.*
    from {{ ref('fct_recruitment_controls') }} as controls
    inner join {{ ref('dim_reporting_years') }} as years
        on controls.reporting_year = years.reporting_year and years.is_reported
    left join {{ ref('fct_forms') }} as forms
        on
            controls.reporting_year = forms.reporting_year
            and controls.agency_code = forms.agency_code
            and forms.form = 'B02'
    where controls.summary_count is not null or (controls.register_count > 0 and forms.form is not null)

),

explanations as (

    select
        explanations.agency_code,
        string_agg(explanations.explanation, '; ' order by explanations.answered_at, explanations.explanation)
            as explanation
    from {{ ref('fct_explanations') }} as explanations
    inner join {{ ref('dim_reporting_years') }} as years
        on explanations.reporting_year = years.reporting_year and years.is_reported
    where explanations.rule like 'B02%' or explanations.rule = 'YEAR-B02-REGISTER'
    group by explanations.agency_code

)

select
    controls.agency_code,
    agencies.name_vi as agency_name_vi,
    cast(agencies.sort_order as integer) as sort_order,
    controls.recruitment_form,
    controls.staff_kind,
    controls.register_count,
    controls.summary_count,
    controls.difference,
    explanations.explanation
from controls
left join {{ ref('dim_agencies') }} as agencies on controls.agency_code = agencies.agency_code
left join explanations on controls.agency_code = explanations.agency_code
