-- Annex IX.c: reports of violations of the talent policy received in the year and dealt with, by behaviour; NULL while no
-- agency answered B09b.
with told as (

    select
        violations.behaviour_code,
        sum(violations.received_count) as received,
        sum(violations.handled_count) as handled
    from {{ ref('fct_violations') }} as violations
    inner join {{ ref('dim_reporting_years') }} as years
        on violations.reporting_year = years.reporting_year and years.is_reported
    group by violations.behaviour_code

),

answers as (

    {{ answers_to('B09b') }}

),

behaviours as (

    select * from {{ ref('dim_codes') }}
    where list = 'behaviour'

)

select
    behaviours.code as behaviour_code,
    behaviours.label_vi,
    cast(behaviours.sort_order as integer) as sort_order,
    {{ told_or_nought('told.received', 'told.behaviour_code', 'answers.answered > 0') }} as received,
    {{ told_or_nought('told.handled', 'told.behaviour_code', 'answers.answered > 0') }} as handled
from behaviours
cross join answers
left join told on behaviours.code = told.behaviour_code
