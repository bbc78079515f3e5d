-- The province's counts change with the organisation they are shown in: a view has moved, lost or doubled an event.
-- Only agencies may differ between organisations.
select
    indicator_code,
    reading,
    reporting_year,
    period_code
from {{ ref('fct_indicator_values') }}
where agency_code = 'LS'
group by indicator_code, reading, reporting_year, period_code
having min(numerator) <> max(numerator) or min(denominator) <> max(denominator) or count(*) <> 2
