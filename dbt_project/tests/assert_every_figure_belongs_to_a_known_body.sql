-- A row speaks of a body that the registry does not know: nobody could say whose figure it is.
-- Staff lists may hold writings that mean no body; they are counted under "?".
with used as (

    select agency_code, 'fct_indicator_values' as model from {{ ref('fct_indicator_values') }}
    union all
    select agency_code, 'fct_submissions' as model from {{ ref('fct_submissions') }}
    union all
    select agency_code, 'fct_recruitments' as model from {{ ref('fct_recruitments') }}
    union all
    select agency_code, 'fct_talents' as model from {{ ref('fct_talents') }}
    union all
    select agency_code, 'fct_departures' as model from {{ ref('fct_departures') }}
    union all
    select agency_code, 'fct_plans' as model from {{ ref('fct_plans') }}
    union all
    select agency_code, 'dim_task_owners' as model from {{ ref('dim_task_owners') }}
    union all
    select agency_code, 'brg_figure_rows' as model from {{ ref('brg_figure_rows') }}

)

select distinct
    used.model,
    used.agency_code
from used
left join {{ ref('dim_agencies') }} as agencies on used.agency_code = agencies.agency_code
where used.agency_code is not null and agencies.agency_code is null
