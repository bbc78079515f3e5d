-- The recruits of the headline reading by kind and form, and labour contracts beside them, by body and structure.
with shown as (

    select
        shown.reporting_year,
        shown.structure_on,
        shown.agency_code,
        decisions.staff_kind,
        decisions.recruitment_form,
        decisions.is_first_time,
        0 as is_contract
    from {{ ref('int_recruitments__shown') }} as shown
    inner join {{ ref('int_recruitments__classified') }} as decisions
        on
            shown.submission_id = decisions.submission_id
            and shown.sheet is not distinct from decisions.sheet
            and shown."row" = decisions."row"

),

years as (

    select * from {{ ref('int_build__years') }}

),

contracts as (

    select
        years.reporting_year,
        years.structure_on,
        decisions.person_key,
        decisions.event_on,
        decisions.agency_code as own_code,
        structures.shown_code,
        years.year_end,
        row_number() over (
            partition by years.reporting_year, decisions.person_key order by decisions.event_on desc, decisions.row_id
        ) as place
    from {{ ref('int_recruitments__classified') }} as decisions
    inner join years on decisions.event_on between years.year_from and years.as_of
    inner join {{ ref('int_agencies__in_structure') }} as structures
        on years.structure_on = structures.structure_on and decisions.agency_code = structures.agency_code
    where decisions.is_contract

),

placed as (

    select reporting_year, 'as_reported' as structure_on, own_code as body_code, event_on as shown_for
    from contracts
    where place = 1
    union all
    select reporting_year, structure_on, shown_code as body_code, year_end as shown_for
    from contracts
    where place = 1

),

all_rows as (

    select * from shown
    union all
    select
        placed.reporting_year,
        placed.structure_on,
        {{ reporting_body('ancestors', 'placed.shown_for') }} as agency_code,
        'hop_dong' as staff_kind,
        'HD' as recruitment_form,
        false as is_first_time,
        1 as is_contract
    from placed
    inner join {{ ref('int_agencies__ancestors') }} as ancestors on placed.body_code = ancestors.agency_code

),

with_province as (

    select * from all_rows
    union all
    select reporting_year, structure_on, 'LS' as agency_code, staff_kind, recruitment_form, is_first_time, is_contract
    from all_rows

)

select
    reporting_year,
    structure_on,
    agency_code,
    cast(sum(cast(is_contract = 0 and staff_kind = 'cong_chuc' as integer)) as bigint) as civil_servants,
    cast(sum(cast(is_contract = 0 and staff_kind = 'vien_chuc' as integer)) as bigint) as public_employees,
    cast(sum(cast(is_contract = 0 and recruitment_form = 'TT' as integer)) as bigint) as by_exam,
    cast(sum(cast(is_contract = 0 and recruitment_form = 'XT' as integer)) as bigint) as by_selection,
    cast(sum(cast(is_contract = 0 and recruitment_form = 'TN' as integer)) as bigint) as by_reception,
    cast(sum(cast(is_contract = 0 and coalesce(is_first_time, false) as integer)) as bigint) as first_time,
    cast(sum(is_contract) as bigint) as contracts
from with_province
group by reporting_year, structure_on, agency_code
