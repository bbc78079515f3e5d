-- The day on which the employer itself left the scope, for persons who stood in its list (definitions R13).
with senders as (

    select * from {{ ref('int_talents__senders') }}

),

successions as (

    select * from {{ ref('stg_reference__agency_successions') }}
    where kind = 'ra_khoi_pham_vi'

)

select
    senders.person_key,
    min(successions.effective_on) as unit_out_on
from senders
inner join successions
    on
        senders.sender_code = successions.predecessor_code
        and senders.reporting_year = year(successions.effective_on)
group by senders.person_key
