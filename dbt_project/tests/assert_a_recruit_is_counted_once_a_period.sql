-- A person counts twice among the new recruits of a period, or at two bodies: the province is more than its people.
-- `annual_cases` counts decisions on purpose.
select
    reading,
    period_code,
    reporting_year,
    person_key
from {{ ref('int_recruitments__counted') }}
where reading <> 'annual_cases'
group by reading, period_code, reporting_year, person_key
having count(*) > 1
