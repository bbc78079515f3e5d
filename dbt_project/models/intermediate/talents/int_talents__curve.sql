-- Kaplan-Meier with late entry: at each day somebody leaves, who was at risk, how many left, and the share that stays.
with survival as (

    select * from {{ ref('int_talents__survival') }}

),

days as (

    select
        ends_at as day,
        count(*) as leaves
    from survival
    where has_left
    group by ends_at

),

risks as (

    select
        days.day,
        days.leaves,
        count(*) as at_risk
    from days
    inner join survival on survival.enters_at < days.day and survival.ends_at >= days.day
    group by days.day, days.leaves

)

select
    day,
    at_risk,
    leaves,
    product(cast(at_risk - leaves as double) / at_risk) over (
        order by day rows between unbounded preceding and current row
    ) as survival
from risks
