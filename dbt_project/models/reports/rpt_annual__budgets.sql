-- Annex VIII: planned and allocated as the finance department says, spent as the spending agencies say, in million đồng;
-- the total is the row without a purpose.
with budgets as (

    select budgets.*
    from {{ ref('fct_budgets') }} as budgets
    inner join {{ ref('dim_reporting_years') }} as years
        on budgets.reporting_year = years.reporting_year and years.is_reported

),

summed as (

    select
        purpose,
        funding_source,
        sum(case when is_finance_department then planned_amount end) as planned,
        sum(case when is_finance_department then allocated_amount end) as allocated,
        sum(spent_amount) as spent,
        sum(estimated_year_amount) as estimated
    from budgets
    group by purpose, funding_source

),

shown as (

    select * from summed
    union all
    select
        cast(null as varchar) as purpose,
        cast(null as varchar) as funding_source,
        sum(planned) as planned,
        sum(allocated) as allocated,
        sum(spent) as spent,
        sum(estimated) as estimated
    from summed

),

labels as (

    select * from {{ ref('dim_codes') }}

)

select
    shown.purpose,
    shown.funding_source,
    case when shown.purpose is not null then coalesce(purposes.label_vi, shown.purpose) end as purpose_label_vi,
    case when shown.purpose is not null then coalesce(sources.label_vi, shown.funding_source) end as source_label_vi,
    cast(shown.planned as decimal(18, 4)) as planned,
    cast(shown.allocated as decimal(18, 4)) as allocated,
    cast(shown.spent as decimal(18, 4)) as spent,
    {{ percent('cast(shown.spent * 10000 as bigint)', 'cast(shown.allocated * 10000 as bigint)', 'decimal(18, 4)') }}
        as spent_share,
    cast(shown.estimated as decimal(18, 4)) as estimated
from shown
left join labels as purposes on purposes.list = 'budget_purpose' and shown.purpose = purposes.code
left join labels as sources on sources.list = 'funding_source' and shown.funding_source = sources.code
