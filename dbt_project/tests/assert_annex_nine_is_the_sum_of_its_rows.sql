-- A number of annex IX that is not the sum of the rows it leads to: a cell without its sources, or with others.
-- The bridge states these sums a second time; ALL of the first four tables is made by the report, not by a model.
with printed as (

    select
        'nominations' as printed_table, nomination_source as printed_row,
        unnest(['proposed', 'accepted', 'refused', 'pending']) as printed_column,
        unnest([proposed, accepted, refused, pending]) as number
    from {{ ref('rpt_annual__nominations') }}
    union all
    select
        'commendations' as printed_table, commendation_kind as printed_row,
        unnest(['collectives', 'persons']) as printed_column,
        unnest([collectives, persons]) as number
    from {{ ref('rpt_annual__commendations') }}
    union all
    select
        'violations' as printed_table, behaviour_code as printed_row,
        unnest(['received', 'handled']) as printed_column,
        unnest([received, handled]) as number
    from {{ ref('rpt_annual__violations') }}
    union all
    select
        'communications' as printed_table, channel as printed_row,
        unnest(['news_items', 'columns_count', 'model_cases']) as printed_column,
        unnest([news_items, columns_count, model_cases]) as number
    from {{ ref('rpt_annual__communications') }}
    union all
    select
        'talent_networks' as printed_table, criterion || '/' || category_code as printed_row,
        unnest(['people', 'contacted']) as printed_column,
        unnest([people, contacted]) as number
    from {{ ref('rpt_annual__talent_networks') }}

),

summed as (

    select printed_table, printed_row, printed_column, sum(number) as number
    from {{ ref('brg_annex_rows') }}
    where printed_row <> 'ALL'
    group by all

)

select *
from printed
full join summed using (printed_table, printed_row, printed_column)
where coalesce(printed.number, 0) <> coalesce(summed.number, 0)
