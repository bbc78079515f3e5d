-- Annex III: talents with a decision by eight criteria: opening + attracted + recognised - left = closing. A person may
-- belong to several groups N1 to N4; the group here is the first one.
with movements as (

    select movements.*
    from {{ ref('fct_talent_movements') }} as movements
    inner join {{ ref('dim_reporting_years') }} as years
        on movements.reporting_year = years.reporting_year and years.is_reported

),

sorted as (

    {%- set criteria = [
        ('talent_group', 'Nhóm nhân tài', 'talent_group'), ('sector', 'Ngành, lĩnh vực', 'sector'),
        ('staff_kind', 'Loại nhân sự', 'staff_kind'), ('degree', 'Trình độ', 'degree'), ('sex', 'Giới tính', 'sex'),
        ('ethnic_minority', 'Dân tộc thiểu số',
         "case when is_ethnic_minority then 'co' when not is_ethnic_minority then 'khong' end"),
        ('legal_basis', 'Căn cứ pháp lý', 'legal_basis'), ('origin', 'Nguồn', 'origin')] %}
    {%- for code, label, expression in criteria %}
    {{ 'union all' if not loop.first }}
    select
        '{{ code }}' as criterion, '{{ label }}' as criterion_label_vi, {{ loop.index }} as criterion_order,
        coalesce({{ expression }}, 'khong_ro') as category_code,
        is_opening, is_attracted, is_recognised, is_gone, is_closing
    from movements
    {%- endfor %}

),

labels as (

    select list as criterion, code, label_vi, sort_order from {{ ref('dim_codes') }}
    union all
    select 'ethnic_minority' as criterion, code, label_vi, sort_order from {{ ref('dim_codes') }}
    where list = 'yes_no_unknown'

)

select
    sorted.criterion,
    sorted.criterion_label_vi,
    sorted.category_code,
    coalesce(max(labels.label_vi), 'Không rõ') as category_label_vi,
    cast(sorted.criterion_order * 1000 + coalesce(max(labels.sort_order), 999) as integer) as sort_order,
    cast(sum(cast(sorted.is_opening as integer)) as bigint) as opening,
    cast(sum(cast(sorted.is_attracted as integer)) as bigint) as attracted,
    cast(sum(cast(sorted.is_recognised as integer)) as bigint) as recognised,
    cast(sum(cast(sorted.is_gone as integer)) as bigint) as left_count,
    cast(sum(cast(sorted.is_closing as integer)) as bigint) as closing
from sorted
left join labels on sorted.criterion = labels.criterion and sorted.category_code = labels.code
group by sorted.criterion, sorted.criterion_label_vi, sorted.criterion_order, sorted.category_code
