-- The province's counts change with the organisation they are shown in: a view has moved, lost or doubled an event.
-- Only agencies may differ between organisations. What counts persons stands in every structure that the build offers,
-- what counts agencies by a roster (definitions R8, F4) and the supplementary counts as reported and at the year's end.
with offered as (

    select count(*) + 1 as structures_count from {{ ref('int_build__structures') }}

)

select
    figures.indicator_code,
    figures.reading,
    figures.reporting_year,
    figures.period_code
from {{ ref('fct_indicator_values') }} as figures
cross join offered
where figures.agency_code = 'LS'
group by
    figures.indicator_code, figures.reading, figures.reporting_year, figures.period_code, offered.structures_count
having
    min(figures.numerator) <> max(figures.numerator)
    or min(figures.denominator) <> max(figures.denominator)
    or count(*) <> case
        when figures.indicator_code in ('CT02', 'CT03', 'CT04', 'CT05') then offered.structures_count
        else 2
    end
