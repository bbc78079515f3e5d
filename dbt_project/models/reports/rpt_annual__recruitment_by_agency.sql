-- Annex II: new recruits and talents among them by body, in the organisation of each event's day and in that of the
-- year's last day. Labour contracts stand outside the total.
with years as (

    select * from {{ ref('dim_reporting_years') }}
    where is_reported

),

figures as (

    select figures.*
    from {{ ref('fct_indicator_values') }} as figures
    inner join years
        on figures.reporting_year = years.reporting_year and figures.structure_on in ('as_reported', years.structure_on)
    where figures.indicator_code = 'CT02' and figures.reading = 'annual_persons' and figures.period_code = 'KY_LICH'

),

recruits as (

    select
        breakdown.structure_on,
        breakdown.agency_code,
        breakdown.civil_servants,
        breakdown.public_employees,
        breakdown.by_exam,
        breakdown.by_selection,
        breakdown.by_reception,
        breakdown.first_time,
        breakdown.contracts
    from {{ ref('fct_recruitment_breakdown') }} as breakdown
    inner join years on breakdown.reporting_year = years.reporting_year

),

agencies as (

    select * from {{ ref('dim_agencies') }}

)

select
    figures.structure_on,
    cast(case when figures.agency_code = 'LS' then 0 else agencies.sort_order end as integer) as sort_order,
    figures.agency_code,
    case
        when figures.agency_code = 'LS' then 'Tổng số'
        when agencies.valid_to <= years.as_of and figures.structure_on = 'as_reported'
            then
                agencies.name_vi || ' (đến ' || strftime(cast(agencies.valid_to - interval 1 day as date), '%d/%m/%Y') || ')'
        else agencies.name_vi
    end as agency_name_vi,
    figures.denominator as recruits,
    cast(coalesce(recruits.civil_servants, 0) as bigint) as civil_servants,
    cast(coalesce(recruits.public_employees, 0) as bigint) as public_employees,
    cast(coalesce(recruits.by_exam, 0) as bigint) as by_exam,
    cast(coalesce(recruits.by_selection, 0) as bigint) as by_selection,
    cast(coalesce(recruits.by_reception, 0) as bigint) as by_reception,
    cast(coalesce(recruits.first_time, 0) as bigint) as first_time,
    figures.numerator as talents,
    figures.value as share,
    cast(coalesce(recruits.contracts, 0) as bigint) as contracts,
    case
        when agencies.is_unassigned then 'Chờ quyết định phân công sau sắp xếp'
        when figures.observation_status = 'not_submitted' then 'Chưa gửi danh sách nhân tài'
    end as note_vi
from figures
cross join years
left join agencies on figures.agency_code = agencies.agency_code
left join recruits
    on figures.structure_on = recruits.structure_on and figures.agency_code = recruits.agency_code
