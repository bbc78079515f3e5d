-- One row a person and cohort: when the clock started, when and why it stopped, and whether it stopped by censoring.
with spells as (

    select
        *,
        row_number() over (partition by person_key, spell order by months desc) as place
    from {{ ref('int_talents__evaluated') }}

),

build as (

    select as_of from {{ ref('int_build__years') }}
    where is_reported

),

leavings as (

    select
        spells.person_key,
        spells.spell,
        exits.exit_on,
        exits.exit_reason,
        exits.is_objective,
        row_number() over (partition by spells.person_key, spells.spell order by exits.exit_on) as place
    from spells
    cross join build
    cross join (
        select ct04_max_gap_days from {{ ref('int_build__years') }}
        where is_reported
    ) as limits
    inner join {{ ref('int_talents__exits') }} as exits
        on
            spells.person_key = exits.person_key
            and exits.exit_on > spells.clock_on
            and exits.exit_on <= build.as_of
            and (exits.gap_days is null or exits.gap_days > limits.ct04_max_gap_days)
    where spells.place = 1

)

select
    spells.person_key,
    cast(spells.spell as integer) as spell,
    cast(spells.cohort_year as integer) as cohort_year,
    spells.entry_route,
    spells.clock_on,
    spells.decided_on,
    spells.is_late,
    spells.is_pre_plan,
    leavings.exit_on,
    case when leavings.is_objective and leavings.exit_reason <> 'nghi_huu' then 'ly_do_khach_quan'
        else leavings.exit_reason
    end as exit_reason,
    least(spells.unit_out_on, spells.censoring_withdrawal_on) as censored_on,
    {{ add_months('spells.clock_on', 60) }} as five_years_on,
    case
        when leavings.exit_on is not null then 'left'
        when least(spells.unit_out_on, spells.censoring_withdrawal_on) <= build.as_of then 'censored'
        when {{ add_months('spells.clock_on', 60) }} <= build.as_of then 'retained'
        else 'not_due'
    end as state
from spells
cross join build
left join leavings on spells.person_key = leavings.person_key and spells.spell = leavings.spell and leavings.place = 1
where spells.place = 1
