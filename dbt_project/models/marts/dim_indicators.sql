with indicators as (

    select * from {{ ref('stg_reference__indicators') }}

)

select
    indicator_code,
    sort_order,
    name_vi,
    name_en,
    target_text_vi,
    definition_vi,
    definition_en,
    numerator_vi,
    denominator_vi,
    denominator_name_vi,
    unit_vi,
    counted_unit_vi,
    plan_section,
    plan_wording,
    grain,
    roster,
    target_level,
    direction,
    decimals,
    first_due_year,
    not_due_reason_vi,
    headline_reading,
    headline_period,
    definition_version
from indicators

union all

select
    codes.indicator_code,
    codes.sort_order,
    codes.name_vi,
    codes.name_en,
    cast(null as varchar) as target_text_vi,
    codes.name_vi as definition_vi,
    codes.name_en as definition_en,
    codes.name_vi as numerator_vi,
    cast(null as varchar) as denominator_vi,
    cast(null as varchar) as denominator_name_vi,
    'người' as unit_vi,
    'người' as counted_unit_vi,
    'II.2' as plan_section,
    cast(null as varchar) as plan_wording,
    'province' as grain,
    'province_only' as roster,
    'province' as target_level,
    'higher' as direction,
    0 as decimals,
    cast(null as integer) as first_due_year,
    cast(null as varchar) as not_due_reason_vi,
    'count' as headline_reading,
    'KY_LICH' as headline_period,
    1 as definition_version
from (
    select
        'BS01' as indicator_code,
        9010 as sort_order,
        'Nhân tài được thu hút ngoài tuyển dụng' as name_vi,
        'Talents taken on outside recruitment' as name_en
    union all
    select
        'BS02' as indicator_code,
        9020 as sort_order,
        'Nhân tài được công nhận khi đang công tác' as name_vi,
        'Talents recognised in service' as name_en
) as codes
