-- Each form owed and what came back for it: filled, nil, missing, or not_received where no workbook was taken.
with owed as (

    select * from {{ ref('int_obligations__owed') }}

),

returned as (

    select
        reporting_year,
        agency_code,
        form,
        max(case when state = 'filled' then 2 when state = 'nil' then 1 else 0 end) as rank_of_state,
        sum(rows_accepted) as rows_accepted,
        sum(rows_rejected) as rows_rejected
    from {{ ref('stg_accepted__form_returns') }}
    group by reporting_year, agency_code, form

),

taken as (

    select distinct reporting_year, agency_code from {{ ref('int_submissions__received') }}
    where is_current

)

select
    owed.reporting_year,
    owed.agency_code,
    owed.form,
    owed.frequency,
    returned.rows_accepted,
    returned.rows_rejected,
    case
        when taken.agency_code is null then 'not_received'
        when owed.form = 'cover' then 'filled'
        when returned.rank_of_state = 2 then 'filled'
        when returned.rank_of_state = 1 then 'nil'
        else 'missing'
    end as state
from owed
left join taken on owed.reporting_year = taken.reporting_year and owed.agency_code = taken.agency_code
left join returned
    on
        owed.reporting_year = returned.reporting_year
        and owed.agency_code = returned.agency_code
        and owed.form = returned.form
