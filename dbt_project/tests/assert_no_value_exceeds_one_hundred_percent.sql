-- A share above 100 % is printed: somebody counted outside recruitment slipped above the line.
-- Bounds are shares as well.
select indicator_code, reading, reporting_year, period_code, agency_code, structure_on
from {{ ref('fct_indicator_values') }}
where value > 100 or lower_bound > 100 or upper_bound > 100
