-- How complete the year is form by form (definitions 3, F3): who told something, who said there was nothing, who owes an
-- answer.
with forms as (

    select forms.*
    from {{ ref('fct_forms') }} as forms
    inner join {{ ref('dim_reporting_years') }} as years
        on forms.reporting_year = years.reporting_year and years.is_reported

)

select
    form,
    cast(count(*) as bigint) as agencies_owed,
    cast(count(*) filter (where state = 'filled') as bigint) as agencies_filled,
    cast(count(*) filter (where state = 'nil') as bigint) as agencies_nil,
    cast(count(*) filter (where {{ owes_an_answer('forms') }}) as bigint) as agencies_silent
from forms
group by form
