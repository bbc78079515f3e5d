-- The survival curve of the technical annex: person, day of entry, day of leaving or censoring, in days of the clock.
-- Late recognised persons enter at their recognition (left truncation); nobody is watched before 01/01 of the plan.
with spells as (

    select
        spells.*,
        outs.unit_out_on
    from {{ ref('int_talents__spells') }} as spells
    left join {{ ref('int_talents__unit_out') }} as outs
        on spells.person_key = outs.person_key and spells.clock_on < outs.unit_out_on
    where spells.decided_on is not null and not spells.is_pre_plan

),

limits as (

    select ct04_max_gap_days, as_of from {{ ref('int_build__years') }}
    where is_reported

),

leavings as (

    select
        spells.person_key,
        spells.spell,
        min(exits.exit_on) as left_on
    from spells
    cross join limits
    inner join {{ ref('int_talents__exits') }} as exits
        on
            spells.person_key = exits.person_key
            and exits.exit_on > spells.clock_on
            and exits.exit_on <= limits.as_of
            and (exits.gap_days is null or exits.gap_days > limits.ct04_max_gap_days)
    group by spells.person_key, spells.spell

),

watched as (

    select
        spells.person_key,
        spells.spell,
        greatest(0, case when spells.is_late then date_diff('day', spells.clock_on, spells.decided_on) else 0 end)
            as enters_at,
        date_diff('day', spells.clock_on, leavings.left_on) as leaves_at,
        date_diff('day', spells.clock_on, least(limits.as_of, spells.unit_out_on, spells.withdrawn_on)) as seen_until
    from spells
    cross join limits
    left join leavings on spells.person_key = leavings.person_key and spells.spell = leavings.spell
    where spells.clock_on <= limits.as_of and spells.decided_on <= limits.as_of

)

select
    person_key,
    spell,
    enters_at,
    least(leaves_at, seen_until) as ends_at,
    coalesce(leaves_at <= seen_until, false) as has_left
from watched
