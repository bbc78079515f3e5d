-- The province's figure differs from the sum of the bodies' figures: an event belongs to no body, or to two.
-- Holds in every organisation, so a reorganisation never changes the province (definitions R6).
with figures as (

    select * from {{ ref('fct_indicator_values') }}
    where is_headline and indicator_code in ('CT01', 'CT02', 'CT03', 'CT04', 'CT05', 'CT06')

)

select
    indicator_code,
    reporting_year,
    structure_on,
    sum(case when agency_code = 'LS' then numerator else -numerator end) as numerator_left,
    sum(case when agency_code = 'LS' then denominator else -denominator end) as denominator_left
from figures
group by indicator_code, reporting_year, structure_on
having
    sum(case when agency_code = 'LS' then numerator else -numerator end) <> 0
    or sum(case when agency_code = 'LS' then denominator else -denominator end) <> 0
