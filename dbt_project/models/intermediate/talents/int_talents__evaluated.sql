-- Each spell with a decision at each anniversary: since when the person is gone, under the headline rule and its
-- variants (worked-examples section 4). What counts as censored or retained is read from these days in CT04.
with exits as (

    select * from {{ ref('int_talents__exits') }}

),

limits as (

    select ct04_max_gap_days, ct04_withdrawal_months from {{ ref('int_build__years') }}
    where is_reported

),

horizons as (

    select 12 as months
    {%- for months in [24, 36, 48, 60, 66, 72] %}
    union all
    select {{ months }} as months
    {%- endfor %}

),

marks as (

    select
        spells.person_key,
        spells.spell,
        spells.entry_route,
        spells.clock_on,
        spells.decided_on,
        spells.withdrawn_on,
        spells.cohort_year,
        spells.is_pre_plan,
        spells.is_late,
        outs.unit_out_on,
        horizons.months,
        {{ add_months('spells.clock_on', 'horizons.months') }} as anniversary_on
    from {{ ref('int_talents__spells') }} as spells
    cross join horizons
    left join {{ ref('int_talents__unit_out') }} as outs
        on spells.person_key = outs.person_key and spells.clock_on < outs.unit_out_on
    where spells.decided_on is not null

),

absent as (

    select
        marks.person_key,
        marks.spell,
        marks.months,
        exits.exit_on,
        exits.is_objective,
        exits.stays_in_system,
        coalesce(exits.back_on > marks.anniversary_on, true) as is_away,
        coalesce(exits.gap_days > limits.ct04_max_gap_days, false) as is_broken,
        coalesce(exits.gap_days > 90, false) as is_broken_90
    from marks
    cross join limits
    inner join exits
        on
            marks.person_key = exits.person_key
            and exits.exit_on > marks.clock_on
            and exits.exit_on <= marks.anniversary_on

),

gone as (

    select
        person_key,
        spell,
        months,
        min(case when is_away or is_broken then exit_on end) as left_on,
        min(case when is_away or is_broken_90 then exit_on end) as left_on_gap_90,
        min(case when (is_away or is_broken) and not stays_in_system then exit_on end) as left_system_on,
        min(case when is_away and is_objective then exit_on end) as objective_on
    from absent
    group by person_key, spell, months

),

-- a withdrawal followed by a leaving within the parameter's months is the leaving, else the rate could be polished (D4)
withdrawals as (

    select distinct
        marks.person_key,
        marks.spell
    from marks
    cross join limits
    inner join exits
        on
            marks.person_key = exits.person_key
            and exits.back_on is null
            and exits.exit_on >= marks.withdrawn_on
            and exits.exit_on <= {{ add_months('marks.withdrawn_on', 'limits.ct04_withdrawal_months') }}

)

select
    marks.*,
    case
        when withdrawals.person_key is not null and marks.withdrawn_on <= marks.anniversary_on
            then least(gone.left_on, marks.withdrawn_on)
        else gone.left_on
    end as left_on,
    gone.left_on_gap_90,
    gone.left_system_on,
    gone.objective_on,
    case when withdrawals.person_key is null then marks.withdrawn_on end as censoring_withdrawal_on
from marks
left join gone
    on marks.person_key = gone.person_key and marks.spell = gone.spell and marks.months = gone.months
left join withdrawals on marks.person_key = withdrawals.person_key and marks.spell = withdrawals.spell
