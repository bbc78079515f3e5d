-- Talents with a decision, year by year: there at the opening, come in the year, gone in the year, there at the cut-off.
-- opening + come - gone = closing, person by person, so that every breakdown balances.
with years as (

    select * from {{ ref('int_build__years') }}

),

spells as (

    select
        *,
        greatest(clock_on, decided_on) as counted_from
    from {{ ref('int_talents__spells') }}
    where decided_on is not null

),

stock as (

    select * from {{ ref('int_talents__stock') }}
    where is_decided

),

exits as (

    select * from {{ ref('int_talents__exits') }}

),

latest as (

    select
        years.reporting_year,
        years.year_from,
        years.as_of,
        spells.*,
        row_number() over (
            partition by years.reporting_year, spells.person_key order by spells.clock_on desc, spells.spell desc
        ) as place
    from years
    inner join spells on spells.counted_from <= years.as_of

),

away_before as (

    select distinct
        latest.reporting_year,
        latest.person_key
    from latest
    inner join exits
        on
            latest.person_key = exits.person_key
            and latest.place = 1
            and exits.exit_on > latest.clock_on
            and exits.exit_on < latest.year_from
            and (exits.back_on is null or exits.back_on >= latest.year_from)

),

out_before as (

    select
        latest.reporting_year,
        latest.person_key
    from latest
    left join {{ ref('int_talents__unit_out') }} as outs on latest.person_key = outs.person_key
    where
        latest.place = 1
        and (
            coalesce(outs.unit_out_on < latest.year_from, false)
            or coalesce(latest.withdrawn_on < latest.year_from, false)
        )

),

placed as (

    select
        latest.*,
        stock.person_key is not null as is_closing,
        latest.counted_from >= latest.year_from as is_new,
        latest.counted_from < latest.year_from
        and (stock.person_key is not null or (away_before.person_key is null and out_before.person_key is null))
            as is_opening
    from latest
    left join stock on latest.reporting_year = stock.reporting_year and latest.person_key = stock.person_key
    left join away_before
        on latest.reporting_year = away_before.reporting_year and latest.person_key = away_before.person_key
    left join out_before
        on latest.reporting_year = out_before.reporting_year and latest.person_key = out_before.person_key
    where latest.place = 1

)

select
    reporting_year,
    person_key,
    talent_group,
    sector,
    staff_kind,
    degree,
    sex,
    is_ethnic_minority,
    legal_basis,
    origin,
    is_opening,
    is_new and coalesce(entry_route, '') = 'thu_hut' as is_attracted,
    is_new and coalesce(entry_route, '') <> 'thu_hut' as is_recognised,
    (is_opening or is_new) and not is_closing as is_gone,
    is_closing
from placed
where is_opening or is_new or is_closing
