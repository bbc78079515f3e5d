-- CT01, body by body of the fixed roster: the plan it can show, whether in time, and who follows it.
with years as (

    select * from {{ ref('dim_reporting_years') }}
    where is_reported

),

credited as (

    select credited.*
    from {{ ref('fct_plan_roster') }} as credited
    inner join years on credited.reporting_year = years.reporting_year

),

plans as (

    select
        *,
        row_number() over (
            partition by agency_code
            order by
                case state when 'on_time' then 1 when 'late' then 2 when 'unknown_day' then 3 else 4 end,
                issued_on, reporting_year desc, "row"
        ) as place
    from {{ ref('fct_plans') }}

),

agencies as (

    select * from {{ ref('dim_agencies') }}

),

followers as (

    select
        agencies.agency_code,
        string_agg(successors.name_vi, '; ' order by successors.sort_order) as successor_name_vi
    from agencies
    inner join years on agencies.valid_to <= years.as_of
    inner join {{ ref('dim_agency_successions') }} as successions
        on agencies.agency_code = successions.predecessor_code and successions.carries_figures
    inner join agencies as successors on successions.successor_code = successors.agency_code
    where successors.is_reporting
    group by agencies.agency_code

)

select
    credited.agency_code,
    agencies.name_vi as agency_name_vi,
    cast(agencies.sort_order as integer) as sort_order,
    plans.plan_number,
    plans.issued_on,
    credited.is_on_time,
    followers.successor_name_vi,
    case
        when credited.is_on_time then 'on_time'
        when plans.state is not null then plans.state
        when credited.is_issued then 'by_successor'
        when credited.is_silent then 'not_submitted'
        else 'none'
    end as state
from credited
inner join agencies on credited.agency_code = agencies.agency_code
left join plans on credited.agency_code = plans.agency_code and plans.place = 1
left join followers on credited.agency_code = followers.agency_code
