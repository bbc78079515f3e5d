-- The day on which the employer itself left the scope, for persons who stood in its list (definitions R13).
with employers as (

    select * from {{ ref('int_talents__employers') }}

),

successions as (

    select * from {{ ref('stg_reference__agency_successions') }}
    where kind = 'ra_khoi_pham_vi'

)

select
    employers.person_key,
    min(successions.effective_on) as unit_out_on
from employers
inner join successions
    on
        employers.sender_code = successions.predecessor_code
        and employers.reporting_year = year(successions.effective_on)
group by employers.person_key
