-- Grants to persons. A decision is told again in later years, because its breach comes later: the newest row speaks. Of an
-- allowance paid every year (attribute `yearly` of the policy) each year is money of its own. Decision numbers stay in
-- accepted: they lead to public decisions with names.
with grants as (

    select * from {{ ref('stg_accepted__policy_grants') }}

),

links as (

    select * from {{ ref('int_people__links') }}

),

policies as (

    select * from {{ ref('stg_reference__code_lists') }}
    where list = 'policy'

),

of_persons as (

    select
        grants.*,
        coalesce(links.person_key, grants.identity_key) as person_key,
        case when grants.commitment_months between 0 and 1200 then cast(grants.commitment_months as integer) end as months,
        case when policies.attribute = 'yearly' then grants.reporting_year end as paid_in
    from grants
    left join links on grants.identity_key = links.identity_key
    left join policies on grants.policy_code = policies.code

),

ranked as (

    select
        *,
        {{ add_months('commitment_from', 'months') }} as commitment_until,
        row_number() over (
            partition by person_key, policy_code, {{ name_key('decision_number') }}, decided_on, paid_in
            order by reporting_year desc, received_at desc, submission_id, "row"
        ) as place
    from of_persons

)

select
    reporting_year,
    person_key,
    agency_code,
    policy_code,
    decided_on,
    amount,
    commitment_from,
    months as commitment_months,
    commitment_until,
    breached_on,
    coalesce(breached_on < commitment_until, breached_on is not null) as is_breached,
    recovered_amount,
    submission_id,
    sheet,
    "row"
from ranked
where place = 1
