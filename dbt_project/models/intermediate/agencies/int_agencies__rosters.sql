-- Whose rows exist (indicator files): bodies that reported in the year, and bodies that report on its last day; with
-- whether each, or the body that took over its report, owes and misses the list of talents (B03).
with years as (

    select * from {{ ref('int_build__years') }}

),

agencies as (

    select * from {{ ref('int_agencies__dated') }}
    where is_reporting

),

structures as (

    select * from {{ ref('int_agencies__in_structure') }}

),

forms as (

    select * from {{ ref('int_submissions__forms') }}
    where form = 'B03'

),

rosters as (

    select
        years.reporting_year,
        years.structure_on as year_structure_on,
        'as_reported' as structure_on,
        agencies.agency_code
    from years
    inner join agencies
        on agencies.valid_from <= years.year_end and (agencies.valid_to is null or agencies.valid_to > years.year_from)

    union all

    select
        years.reporting_year,
        years.structure_on as year_structure_on,
        years.structure_on,
        agencies.agency_code
    from years
    inner join agencies on {{ valid_on('agencies', 'years.year_end') }}

)

select
    rosters.reporting_year,
    rosters.structure_on,
    rosters.agency_code,
    cast(forms.agency_code is not null as integer) as owes_b03,
    cast(coalesce(forms.state in ('missing', 'not_received'), false) as integer) as misses_b03
from rosters
left join structures
    on rosters.year_structure_on = structures.structure_on and rosters.agency_code = structures.agency_code
left join forms
    on rosters.reporting_year = forms.reporting_year and structures.shown_code = forms.agency_code
