-- A figure counts persons above the line that do not stand below it: a share of a different crowd.
-- Also fails where a bound turns the order of lower, value and upper around.
select indicator_code, reading, reporting_year, period_code, agency_code, structure_on
from {{ ref('fct_indicator_values') }}
where
    numerator > denominator
    or numerator < 0
    or denominator < 0
    or lower_bound > value
    or value > upper_bound
