-- Who owed which form on the last on-time day of each year: obligations and bodies as they stood that day (CT06).
-- What is said of a body by name goes before what is said of its kind.
with years as (

    select * from {{ ref('int_build__years') }}

),

obligations as (

    select * from {{ ref('stg_reference__obligations') }}

),

agencies as (

    select * from {{ ref('int_agencies__dated') }}
    where is_reporting

)

select
    years.reporting_year,
    agencies.agency_code,
    obligations.form,
    min_by(obligations.frequency, case when obligations.agency_code is null then 1 else 0 end) as frequency
from years
cross join obligations
inner join agencies
    on
        (obligations.agency_code = agencies.agency_code or obligations.applies_to_kind = agencies.kind)
        and {{ valid_on('agencies', 'years.last_on_time_on') }}
where {{ valid_on('obligations', 'years.last_on_time_on') }}
group by years.reporting_year, agencies.agency_code, obligations.form
