-- Annex IX leaves somebody out: its rows do not add up to what was told in the year (a code without a label, a join lost).
-- Talents abroad stand once by country and once by field, each with the same total.
with years as (

    select * from {{ ref('dim_reporting_years') }}
    where is_reported

),

printed as (

    select 'B08' as form, sum(proposed) as counted from {{ ref('rpt_annual__nominations') }}
    union all
    select 'B09' as form, sum(collectives + persons) as counted from {{ ref('rpt_annual__commendations') }}
    union all
    select 'B09b' as form, sum(received) as counted from {{ ref('rpt_annual__violations') }}
    union all
    select 'B11' as form, sum(news_items + columns_count) as counted from {{ ref('rpt_annual__communications') }}
    union all
    select
        case when criterion like 'overseas%' then 'B10 ' || criterion else 'B15' end as form,
        sum(people) as counted
    from {{ ref('rpt_annual__talent_networks') }}
    where category_code <> 'ALL'
    group by 1

),

told as (

    select 'B08' as form, reporting_year, proposed_count as counted from {{ ref('fct_nominations') }}
    union all
    select 'B09' as form, reporting_year, "count" as counted from {{ ref('fct_commendations') }}
    union all
    select 'B09b' as form, reporting_year, received_count as counted from {{ ref('fct_violations') }}
    union all
    select 'B11' as form, reporting_year, items_count as counted from {{ ref('fct_communications') }}
    union all
    select 'B10 overseas_country' as form, reporting_year, people_count as counted from {{ ref('fct_overseas_talents') }}
    union all
    select 'B10 overseas_sector' as form, reporting_year, people_count as counted from {{ ref('fct_overseas_talents') }}
    union all
    select 'B15' as form, reporting_year, people_count as counted from {{ ref('fct_talent_pools') }}

),

totals as (

    select told.form, sum(told.counted) as counted
    from told
    inner join years on told.reporting_year = years.reporting_year
    group by told.form

)

select
    coalesce(printed.form, totals.form) as form,
    printed.counted as printed,
    totals.counted as told
from printed
full outer join totals on printed.form = totals.form
where coalesce(printed.counted, 0) <> coalesce(totals.counted, 0)
