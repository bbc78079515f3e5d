-- Annex IX.d: news items, columns and model cases of the year by channel, NULL while no agency answered B11.
with told as (

    select
        communications.channel,
        coalesce(sum(communications.items_count) filter (where communications.item_group <> 'column'), 0) as news_items,
        coalesce(sum(communications.items_count) filter (where communications.item_group = 'column'), 0) as columns_count,
        sum(communications.model_cases_count) as model_cases
    from {{ ref('fct_communications') }} as communications
    inner join {{ ref('dim_reporting_years') }} as years
        on communications.reporting_year = years.reporting_year and years.is_reported
    group by communications.channel

),

answers as (

    {{ answers_to('B11') }}

),

channels as (

    select * from {{ ref('dim_codes') }}
    where list = 'media_channel'

)

select
    channels.code as channel,
    channels.label_vi,
    cast(channels.sort_order as integer) as sort_order,
    {{ told_or_nought('told.news_items', 'told.channel', 'answers.answered > 0') }} as news_items,
    {{ told_or_nought('told.columns_count', 'told.channel', 'answers.answered > 0') }} as columns_count,
    {{ told_or_nought('told.model_cases', 'told.channel', 'answers.answered > 0') }} as model_cases
from channels
cross join answers
left join told on channels.code = told.channel
