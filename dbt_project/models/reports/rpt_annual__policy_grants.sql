-- What kp.chinh_sach says (worked-examples 9.4): persons whose attraction or training support was decided in the year, and
-- the grants broken in the year of which money came back (of an undated breach the year that told of it). NULL while no
-- agency answered B14, unless a later return told of the year.
with years as (

    select * from {{ ref('dim_reporting_years') }}
    where is_reported

),

decided as (

    select grants.*
    from {{ ref('fct_policy_grants') }} as grants
    inner join years on grants.decided_on between years.year_from and years.as_of

),

recovered as (

    select grants.*
    from {{ ref('fct_policy_grants') }} as grants
    inner join years
        on
            grants.breached_on between years.year_from and years.as_of
            or (grants.breached_on is null and grants.reporting_year = years.reporting_year)
    where grants.recovered_amount > 0

),

counted as (

    select
        'thu_hut' as measure,
        count(distinct person_key) as cases,
        sum(amount) as amount
    from decided
    where policy_code = 'NQ15_THUHUT'
    union all
    select
        'dao_tao' as measure,
        count(distinct person_key) as cases,
        sum(amount) as amount
    from decided
    where policy_code = 'NQ15_DAOTAO'
    union all
    select
        'thu_hoi' as measure,
        count(*) as cases,
        sum(recovered_amount) as amount
    from recovered

),

answers as (

    {{ answers_to('B14') }}

)

select
    counted.measure,
    cast(case when answers.answered > 0 or counted.cases > 0 then counted.cases end as bigint) as cases,
    cast(
        case when answers.answered > 0 or counted.cases > 0 then coalesce(counted.amount, 0) end as decimal(18, 4)
    ) as amount
from counted
cross join answers
