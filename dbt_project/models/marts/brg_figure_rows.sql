-- From a headline figure to the rows under it: submission, dataset, sheet and row; `role` says on which side they count.
-- A person of the numerator of CT02 stands in the list of talents, the same person below the line in the register.
with evidence as (

    select * from {{ ref('int_figures__evidence_of_persons') }}
    union all
    select * from {{ ref('int_figures__evidence_of_agencies') }}

),

years as (

    select * from {{ ref('int_build__years') }}

),

figures as (

    select
        evidence.indicator_code, evidence.reporting_year, evidence.structure_on, evidence.agency_code, evidence.role,
        evidence.dataset, evidence.submission_id, evidence.sheet, evidence."row"
    from evidence

    union all

    select
        'CT03' as indicator_code, reporting_year, structure_on, agency_code, role,
        dataset, submission_id, sheet, "row"
    from evidence
    where indicator_code = 'CT02'

),

files as (

    select * from {{ ref('int_submissions__files') }}

),

shown as (

    select * from figures
    union all
    select
        indicator_code, reporting_year, structure_on, 'LS' as agency_code, role,
        dataset, submission_id, sheet, "row"
    from figures

)

select distinct
    shown.indicator_code,
    case shown.indicator_code
        when 'CT01' then 'on_time'
        when 'CT02' then 'annual_persons'
        when 'CT03' then years.ct03_from
        when 'CT04' then 'strict'
        when 'CT05' then 'reading_a'
        else 'arrived_and_taken'
    end as reading,
    shown.reporting_year,
    'KY_LICH' as period_code,
    shown.agency_code,
    shown.structure_on,
    shown.role,
    shown.dataset,
    shown.submission_id,
    files.file_name,
    files.sha256,
    shown.sheet,
    shown."row"
from shown
inner join years on shown.reporting_year = years.reporting_year
left join files on shown.submission_id = files.submission_id
