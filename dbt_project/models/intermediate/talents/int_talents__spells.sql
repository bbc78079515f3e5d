-- One row a person and spell of service: the newest list that carries a decision (else the newest list). A list whose
-- clock lies after a leaving opens a new spell (definitions D8).
with listed as (

    select * from {{ ref('int_talents__listed') }}

),

limits as (

    select ct04_max_gap_days, ct04_max_wait_months, cohorts_from from {{ ref('int_build__years') }}
    where is_reported

),

breaks as (

    select
        exits.person_key,
        exits.exit_on
    from {{ ref('int_talents__exits') }} as exits
    cross join limits
    where exits.gap_days is null or exits.gap_days > limits.ct04_max_gap_days

),

numbers as (

    select
        listed.submission_id,
        listed."row",
        count(distinct breaks.exit_on) as spell
    from listed
    left join breaks on listed.person_key = breaks.person_key and breaks.exit_on <= listed.clock_on
    group by listed.submission_id, listed."row"

),

ordered as (

    select
        listed.*,
        numbers.spell,
        min(listed.reporting_year) over (partition by listed.person_key, numbers.spell) as first_listed_year,
        row_number() over (
            partition by listed.person_key, numbers.spell
            order by
                (listed.attraction_decided_on is not null or listed.recognised_on is not null) desc,
                listed.reporting_year desc,
                listed.received_at desc,
                listed.submission_id desc,
                listed."row" desc
        ) as place
    from listed
    inner join numbers on listed.submission_id = numbers.submission_id and listed."row" = numbers."row"

)

select
    ordered.submission_id,
    ordered.sheet,
    ordered."row",
    ordered.person_key,
    ordered.spell,
    ordered.first_listed_year,
    ordered.reporting_year as told_in_year,
    ordered.sex,
    ordered.is_ethnic_minority,
    ordered.origin,
    ordered.talent_group,
    ordered.other_groups,
    ordered.sector,
    ordered.staff_kind,
    ordered.degree,
    ordered.entry_route,
    ordered.legal_basis,
    ordered.started_on,
    ordered.attraction_on,
    ordered.recognition_on,
    ordered.recognition_valid_to,
    ordered.withdrawn_on,
    ordered.clock_on,
    least(ordered.attraction_on, ordered.recognition_on) as decided_on,
    year(ordered.clock_on) as cohort_year,
    ordered.clock_on < limits.cohorts_from as is_pre_plan,
    coalesce(
        ordered.entry_route = 'thu_hut'
        and least(ordered.attraction_on, ordered.recognition_on)
        > {{ add_months('ordered.clock_on', 'limits.ct04_max_wait_months') }},
        false
    ) as is_late
from ordered
cross join limits
where ordered.place = 1
