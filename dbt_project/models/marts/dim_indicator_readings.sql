with readings as (

    select * from {{ ref('stg_reference__indicator_readings') }}

)

select
    indicator_code,
    reading,
    is_headline,
    period_code,
    wording_vi,
    reason_vi,
    parameter,
    sort_order
from readings
