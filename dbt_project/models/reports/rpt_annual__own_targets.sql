-- Targets of agencies' own plans that bind in the year, with the result they report. Targets of bodies that ended stand
-- with "không đánh giá" (definitions R9).
with years as (

    select * from {{ ref('dim_reporting_years') }}
    where is_reported

),

own_targets as (

    select
        own_targets.*,
        row_number() over (
            partition by
                own_targets.agency_code, own_targets.indicator_code, own_targets.target_label, own_targets.sector,
                own_targets.phase_from
            order by own_targets.reporting_year desc, own_targets."row"
        ) as place
    from {{ ref('fct_own_targets') }} as own_targets
    inner join years
        on
            own_targets.reporting_year <= years.reporting_year
            and years.reporting_year between own_targets.phase_from
            and coalesce(own_targets.phase_to, own_targets.phase_from)

),

agencies as (

    select * from {{ ref('dim_agencies') }}

),

figures as (

    select * from {{ ref('fct_indicator_values') }}
    where is_headline

)

select
    own_targets.agency_code,
    agencies.name_vi as agency_name_vi,
    cast(agencies.sort_order as integer) as sort_order,
    own_targets.indicator_code,
    coalesce(own_targets.target_label, indicators.name_vi) as target_label_vi,
    own_targets.sector,
    own_targets.target_value,
    own_targets.achieved_value,
    own_targets.unit,
    case
        when own_targets.has_lapsed
            then
                'không đánh giá: cơ quan kết thúc hoạt động từ ngày ' || strftime(agencies.valid_to, '%d/%m/%Y')
        when figures.verdict = 'met' then 'Đạt'
        when figures.verdict = 'not_met' then 'Chưa đạt'
        when own_targets.achieved_value is null then 'Chưa có kết quả'
        when own_targets.achieved_value >= own_targets.target_value then 'Đạt (theo báo cáo của cơ quan)'
        else 'Chưa đạt (theo báo cáo của cơ quan)'
    end as state_vi
from own_targets
cross join years
inner join agencies on own_targets.agency_code = agencies.agency_code
left join {{ ref('dim_indicators') }} as indicators on own_targets.indicator_code = indicators.indicator_code
left join figures
    on
        own_targets.indicator_code = figures.indicator_code
        and own_targets.agency_code = figures.agency_code
        and figures.reporting_year = years.reporting_year
        and figures.structure_on = years.structure_on
        and figures.target_level = 'agency'
where own_targets.place = 1
