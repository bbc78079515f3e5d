-- Annex IX.đ: talents of the province abroad by country and by field (B10), and each pool of talents by field (B15), with
-- how many of them were reached or called upon. Every criterion has its total (category ALL). A pool has keepers of its own,
-- so that one of them is silent makes its nought unknown.
with years as (

    select * from {{ ref('dim_reporting_years') }}
    where is_reported

),

placed as (

    select
        'overseas_country' as criterion,
        {{ normal_text('overseas.country') }} as category_code,
        overseas.country as written,
        overseas.people_count as people,
        overseas.contacted_count as contacted
    from {{ ref('fct_overseas_talents') }} as overseas
    inner join years on overseas.reporting_year = years.reporting_year
    union all
    select
        'overseas_sector' as criterion,
        overseas.sector as category_code,
        null as written,
        overseas.people_count as people,
        overseas.contacted_count as contacted
    from {{ ref('fct_overseas_talents') }} as overseas
    inner join years on overseas.reporting_year = years.reporting_year
    union all
    select
        pools.pool_kind as criterion,
        pools.sector as category_code,
        null as written,
        pools.people_count as people,
        pools.used_count as contacted
    from {{ ref('fct_talent_pools') }} as pools
    inner join years on pools.reporting_year = years.reporting_year

),

shown as (

    select * from placed
    union all
    select * replace ('ALL' as category_code) from placed

),

summed as (

    select
        criterion,
        category_code,
        min(written) as written,
        sum(people) as people,
        sum(contacted) as contacted
    from shown
    group by criterion, category_code

),

criteria as (

    select
        'overseas_country' as criterion,
        'Nhân tài là người tỉnh Lạng Sơn ở nước ngoài, theo nước' as label_vi,
        100 as sort_order,
        answers.answered > 0 as is_known
    from ({{ answers_to('B10') }}) as answers
    union all
    select
        'overseas_sector' as criterion,
        'Nhân tài là người tỉnh Lạng Sơn ở nước ngoài, theo ngành, lĩnh vực' as label_vi,
        200 as sort_order,
        answers.answered > 0 as is_known
    from ({{ answers_to('B10') }}) as answers
    union all
    select
        kinds.code as criterion,
        kinds.label_vi || ', theo ngành, lĩnh vực' as label_vi,
        1000 + kinds.sort_order as sort_order,
        answers.answered > 0 and answers.silent = 0 as is_known
    from {{ ref('dim_codes') }} as kinds
    cross join ({{ answers_to('B15') }}) as answers
    where kinds.list = 'pool_kind'

)

select
    criteria.criterion,
    criteria.label_vi as criterion_label_vi,
    coalesce(summed.category_code, 'ALL') as category_code,
    case
        when coalesce(summed.category_code, 'ALL') = 'ALL' then 'Tổng số'
        else coalesce(sectors.label_vi, summed.written, summed.category_code)
    end as category_label_vi,
    cast(
        criteria.sort_order * 1000
        + case when coalesce(summed.category_code, 'ALL') = 'ALL' then 0 else coalesce(sectors.sort_order, 1) end
        as integer
    ) as sort_order,
    {{ told_or_nought('summed.people', 'summed.criterion', 'criteria.is_known') }} as people,
    {{ told_or_nought('summed.contacted', 'summed.criterion', 'criteria.is_known') }} as contacted
from criteria
left join summed on criteria.criterion = summed.criterion
left join {{ ref('dim_codes') }} as sectors
    on sectors.list = 'sector' and summed.category_code = sectors.code and criteria.criterion <> 'overseas_country'
