-- Listed persons at the cut-off of each year, in the spell that runs: begun, not gone, employed in scope. A gap in the
-- lists without a departure is "chưa rõ", not a leaving: the person stays in (definitions section 2).
with years as (

    select * from {{ ref('int_build__years') }}

),

spells as (

    select * from {{ ref('int_talents__spells') }}

),

begun as (

    select
        years.reporting_year,
        years.year_from,
        years.as_of,
        years.min_training_hours,
        spells.*,
        {{ listed('spells.sector', 'years.st_sectors') }} as is_st_sector,
        {{ is_talent_on('spells', 'years.as_of') }} as is_decided,
        row_number() over (
            partition by years.reporting_year, spells.person_key order by spells.clock_on desc, spells.spell desc
        ) as place
    from years
    inner join spells on spells.clock_on <= years.as_of

),

gone as (

    select distinct
        begun.reporting_year,
        begun.person_key
    from begun
    inner join {{ ref('int_talents__exits') }} as exits
        on
            begun.person_key = exits.person_key
            and begun.place = 1
            and exits.exit_on > begun.clock_on
            and exits.exit_on <= begun.as_of
            and (exits.back_on is null or exits.back_on > begun.as_of)

)

select
    begun.reporting_year,
    begun.year_from,
    begun.as_of,
    begun.min_training_hours,
    begun.submission_id,
    begun.sheet,
    begun."row",
    begun.person_key,
    begun.spell,
    begun.clock_on,
    begun.decided_on,
    begun.entry_route,
    begun.talent_group,
    begun.other_groups,
    begun.sector,
    begun.staff_kind,
    begun.degree,
    begun.sex,
    begun.is_ethnic_minority,
    begun.origin,
    begun.legal_basis,
    begun.is_st_sector,
    begun.is_decided,
    employers.body_code,
    employers.agency_code
from begun
inner join {{ ref('int_talents__employers') }} as employers
    on begun.reporting_year = employers.reporting_year and begun.person_key = employers.person_key
left join gone on begun.reporting_year = gone.reporting_year and begun.person_key = gone.person_key
where begun.place = 1 and gone.person_key is null and employers.is_in_scope
