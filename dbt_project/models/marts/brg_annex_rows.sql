-- From each number of annex IX to the rows under it, and what each row adds: the numbers of a cell of the annex sum to
-- what is printed there. `printed_row` ALL is the total. A row that tells a number of nought is a row under it too.
with years as (

    select * from {{ ref('dim_reporting_years') }}
    where is_reported

),

files as (

    select * from {{ ref('int_submissions__files') }}

),

told as (

    select
        reporting_year, 'nominations' as printed_table, nomination_source as printed_row,
        unnest(['proposed', 'accepted', 'refused', 'pending']) as printed_column,
        unnest([proposed_count, accepted_count, refused_count, pending_count]) as number,
        'nominations' as dataset, submission_id, sheet, "row"
    from {{ ref('fct_nominations') }}

    union all

    select
        reporting_year, 'commendations' as printed_table, kind as printed_row,
        case subject_kind when 'tap_the' then 'collectives' when 'ca_nhan' then 'persons' end as printed_column,
        "count" as number, 'commendations' as dataset, submission_id, sheet, "row"
    from {{ ref('fct_commendations') }}

    union all

    select
        reporting_year, 'violations' as printed_table, behaviour_code as printed_row,
        unnest(['received', 'handled']) as printed_column,
        unnest([received_count, handled_count]) as number,
        'violations' as dataset, submission_id, sheet, "row"
    from {{ ref('fct_violations') }}

    union all

    select
        reporting_year, 'communications' as printed_table, channel as printed_row,
        unnest([
            case when item_group = 'column' then 'columns_count' when item_group <> 'column' then 'news_items' end,
            'model_cases'
        ]) as printed_column,
        unnest([items_count, model_cases_count]) as number,
        'communications' as dataset, submission_id, sheet, "row"
    from {{ ref('fct_communications') }}

),

networks as (

    select
        reporting_year,
        unnest(['overseas_country', 'overseas_sector']) as criterion,
        unnest([{{ normal_text('country') }}, sector]) as category_code,
        people_count, contacted_count, 'overseas_talents' as dataset, submission_id, sheet, "row"
    from {{ ref('fct_overseas_talents') }}

    union all

    select
        reporting_year, pool_kind as criterion, sector as category_code,
        people_count, used_count as contacted_count, 'talent_pools' as dataset, submission_id, sheet, "row"
    from {{ ref('fct_talent_pools') }}

),

cells as (

    select * from told

    union all

    select * replace ('ALL' as printed_row) from told

    union all

    select
        reporting_year, 'talent_networks' as printed_table,
        criterion || '/' || unnest([category_code, 'ALL']) as printed_row,
        'people' as printed_column, people_count as number, dataset, submission_id, sheet, "row"
    from networks

    union all

    select
        reporting_year, 'talent_networks' as printed_table,
        criterion || '/' || unnest([category_code, 'ALL']) as printed_row,
        'contacted' as printed_column, contacted_count as number, dataset, submission_id, sheet, "row"
    from networks

)

select
    cells.reporting_year,
    cells.printed_table,
    cells.printed_row,
    cells.printed_column,
    cast(cells.number as bigint) as number,
    cells.dataset,
    cells.submission_id,
    files.file_name,
    files.sha256,
    cells.sheet,
    cells."row"
from cells
inner join years on cells.reporting_year = years.reporting_year
left join files on cells.submission_id = files.submission_id
where cells.number is not null and cells.printed_column is not null and cells.printed_row is not null
