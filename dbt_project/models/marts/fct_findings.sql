-- Findings of gate 1 on the submissions that count now, with whether an agency has answered them as far as known.
with findings as (

    select * from {{ ref('stg_accepted__findings') }}

),

explanations as (

    select * from {{ ref('stg_accepted__explanations') }}

),

answered as (

    select distinct
        findings.reporting_year,
        findings.submission_id,
        findings.rule,
        coalesce(findings.sheet, '') as sheet,
        coalesce(findings.cell, '') as cell
    from findings
    inner join explanations
        on
            findings.reporting_year = explanations.reporting_year
            and findings.rule = explanations.rule
            and findings.agency_code = explanations.agency_code
            and (explanations.sheet is null or explanations.sheet = findings.sheet)
            and (explanations.cell is null or explanations.cell = findings.cell)
            and (explanations.submission_id is null or explanations.submission_id = findings.submission_id)

)

select
    findings.reporting_year,
    findings.submission_id,
    findings.agency_code,
    findings.rule,
    findings.severity,
    findings.dataset,
    findings.sheet,
    findings.cell,
    findings."row",
    findings.field,
    findings.message,
    findings.explained or answered.rule is not null as is_explained
from findings
left join answered
    on
        findings.reporting_year = answered.reporting_year
        and findings.submission_id = answered.submission_id
        and findings.rule = answered.rule
        and coalesce(findings.sheet, '') = answered.sheet
        and coalesce(findings.cell, '') = answered.cell
