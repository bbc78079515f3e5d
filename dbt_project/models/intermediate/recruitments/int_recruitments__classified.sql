-- Each decision with what it counts as: a new recruit, a labour contract beside them, or nothing and why.
with decisions as (

    select * from {{ ref('int_recruitments__decisions') }}

),

agencies as (

    select * from {{ ref('int_agencies__dated') }}

),

rules as (

    select staff_kinds, recruitment_forms from {{ ref('int_build__years') }}
    where is_reported

),

moved as (

    select * from {{ ref('int_recruitments__reorganisation') }}

),

judged as (

    select
        decisions.*,
        agencies.kind as agency_kind,
        agencies.is_provincial,
        case
            when decisions.status <> 'hieu_luc' then 'cancelled'
            when decisions.event_on is null then 'no_day'
            when agencies.agency_code is null then 'agency_unknown'
            when not agencies.is_in_scope then 'out_of_scope'
            when moved.row_id is not null then 'reorganisation'
            when {{ listed('decisions.recruitment_form', 'rules.recruitment_forms') }}
                then
                    case
                        when {{ listed('decisions.staff_kind', 'rules.staff_kinds') }} then 'recruit'
                        when decisions.staff_kind = 'hop_dong' then 'contract'
                        else 'staff_kind'
                    end
            when decisions.staff_kind = 'hop_dong' and decisions.recruitment_form = 'HD' then 'contract'
            else 'form'
        end as counted_as
    from decisions
    cross join rules
    left join agencies on decisions.agency_code = agencies.agency_code
    left join moved on decisions.row_id = moved.row_id

)

select
    *,
    counted_as = 'recruit' as is_recruit,
    counted_as = 'contract' as is_contract
from judged
