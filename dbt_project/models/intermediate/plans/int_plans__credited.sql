-- CT01: each body of a roster and the plan it can show. `fixed`: the roster of the target's day, for ever (R8);
-- `current`: bodies that owe a plan at the cut-off. A number without a date, or a plan older than the province's, is
-- unknown; a date without a number is a draft.
with years as (

    select * from {{ ref('int_build__years') }}

),

plans as (

    select
        agency_code,
        plan_number,
        issued_on,
        plan_number is not null and issued_on >= (select min(years.year_from) from years) as is_issued,
        plan_number is not null
        and coalesce(issued_on < (select min(years.year_from) from years), true) as is_unknown
    from {{ ref('stg_accepted__plans') }}
    where coalesce(document_kind, 'ke_hoach') in ('ke_hoach', 'quyet_dinh')

),

obligations as (

    select * from {{ ref('stg_reference__obligations') }}
    where form = 'B01'

),

-- bodies that ever returned the form, if only to say that they have no plan
returned as (

    select distinct agency_code from {{ ref('stg_accepted__form_returns') }}
    where form = 'B01' and state in ('filled', 'nil')

),

agencies as (

    select * from {{ ref('int_agencies__dated') }}
    where is_reporting

),

days as (

    select
        years.*,
        targets.target_on,
        'fixed' as roster,
        targets.target_on as roster_on
    from years
    cross join (
        select max(target_on) as target_on from {{ ref('stg_reference__targets') }}
        where indicator_code = 'CT01'
    ) as targets

    union all

    select
        years.*,
        cast(null as date) as target_on,
        'current' as roster,
        years.year_end as roster_on
    from years

),

rosters as (

    select distinct
        days.reporting_year,
        days.as_of,
        days.target_on,
        days.structure_on,
        days.roster,
        agencies.agency_code
    from days
    cross join obligations
    inner join agencies
        on
            (obligations.agency_code = agencies.agency_code or obligations.applies_to_kind = agencies.kind)
            and {{ valid_on('agencies', 'days.roster_on') }}
    where {{ valid_on('obligations', 'days.roster_on') }}

)

select
    rosters.reporting_year,
    rosters.structure_on,
    rosters.as_of,
    rosters.target_on,
    rosters.roster,
    rosters.agency_code,
    coalesce(bool_or(
        plans.is_issued and plans.issued_on <= rosters.target_on
        and plans.agency_code = rosters.agency_code
    ), false) as is_on_time,
    coalesce(bool_or(plans.is_issued and plans.issued_on <= rosters.as_of), false) as is_issued,
    coalesce(bool_or(plans.is_unknown and plans.agency_code = rosters.agency_code), false) as is_unknown,
    not coalesce(bool_or(returned.agency_code is not null), false) as is_silent
from rosters
left join {{ ref('int_agencies__in_structure') }} as structures
    on rosters.structure_on = structures.structure_on and rosters.agency_code = structures.agency_code
left join returned on rosters.agency_code = returned.agency_code
left join plans
    on
        rosters.agency_code = plans.agency_code
        or (rosters.roster = 'fixed' and structures.shown_code = plans.agency_code)
group by rosters.reporting_year, rosters.structure_on, rosters.as_of, rosters.target_on, rosters.roster, rosters.agency_code
