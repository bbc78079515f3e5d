-- The recruits of the headline reading by kind and form, and labour contracts beside them, by body and structure.
with recruits as (

    select * from {{ ref('int_recruitments__in_structures') }}

),

with_province as (

    select
        reporting_year, structure_on, agency_code,
        staff_kind, recruitment_form, is_first_time, is_contract, persons_count
    from recruits
    union all
    select
        reporting_year, structure_on, 'LS' as agency_code,
        staff_kind, recruitment_form, is_first_time, is_contract, persons_count
    from recruits

)

select
    reporting_year,
    structure_on,
    agency_code,
    {%- for name, kind in [
        ('civil_servants', "staff_kind = 'cong_chuc'"), ('public_employees', "staff_kind = 'vien_chuc'"),
        ('by_exam', "recruitment_form = 'TT'"), ('by_selection', "recruitment_form = 'XT'"),
        ('by_reception', "recruitment_form = 'TN'"), ('first_time', 'is_first_time')] %}
    cast(sum(case when not is_contract and {{ kind }} then persons_count else 0 end) as bigint) as {{ name }},
    {%- endfor %}
    cast(sum(case when is_contract then persons_count else 0 end) as bigint) as contracts
from with_province
group by reporting_year, structure_on, agency_code
