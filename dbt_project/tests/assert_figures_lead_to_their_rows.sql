-- A headline counts persons for whom no row can be shown, or shows rows that it does not count.
-- One row below the line for each recruit, each talent in stock, each talent due; for the structures that are printed.
with rows_below as (

    select
        indicator_code,
        reporting_year,
        agency_code,
        structure_on,
        count(*) as rows_count
    from {{ ref('brg_figure_rows') }}
    where role = 'denominator' and indicator_code in ('CT02', 'CT04', 'CT05')
    group by indicator_code, reporting_year, agency_code, structure_on

)

select
    figures.indicator_code,
    figures.reporting_year,
    figures.agency_code,
    figures.structure_on,
    figures.denominator,
    rows_below.rows_count
from {{ ref('fct_indicator_values') }} as figures
left join rows_below
    on
        figures.indicator_code = rows_below.indicator_code
        and figures.reporting_year = rows_below.reporting_year
        and figures.agency_code = rows_below.agency_code
        and figures.structure_on = rows_below.structure_on
where
    figures.is_headline
    and figures.indicator_code in ('CT02', 'CT04', 'CT05')
    and figures.structure_on in ('as_reported', figures.reporting_year || '-12-31')
    and figures.denominator <> coalesce(rows_below.rows_count, 0)
