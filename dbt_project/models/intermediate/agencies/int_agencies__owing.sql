-- Whose rows exist in each structure of a year: the bodies that report on its day, the province; with how many of
-- those that owe, and of those that miss, the list of talents (B03) stand in a row, and the recruits assumed for
-- them. A stock is reported by the bodies of the year's end; whose rows of CT02 exist as reported is in
-- int_agencies__rosters.
with years as (

    select * from {{ ref('int_build__years') }}

),

places as (

    select * from {{ ref('int_agencies__places') }}

),

present as (

    select distinct
        places.reporting_year,
        places.structure_on,
        places.shown_code as agency_code
    from places
    inner join {{ ref('int_agencies__dated') }} as agencies
        on
            places.agency_code = agencies.agency_code
            and agencies.is_reporting
            and {{ valid_on('agencies', 'places.structure_day') }}

),

owing as (

    select
        rosters.reporting_year,
        rosters.agency_code,
        rosters.owes_b03 as agencies_owed,
        rosters.misses_b03 as agencies_missing,
        coalesce(assumed.recruits_count, 0) as assumed_count
    from {{ ref('int_agencies__rosters') }} as rosters
    inner join years on rosters.reporting_year = years.reporting_year and rosters.structure_on = years.structure_on
    left join {{ ref('int_recruitments__assumed') }} as assumed
        on rosters.reporting_year = assumed.reporting_year and rosters.agency_code = assumed.agency_code

),

placed as (

    select
        places.reporting_year,
        places.structure_on,
        places.shown_code as agency_code,
        owing.agencies_owed,
        owing.agencies_missing,
        owing.assumed_count
    from owing
    inner join places on owing.reporting_year = places.reporting_year and owing.agency_code = places.agency_code

    union all

    select
        reporting_year,
        structure_on,
        agency_code,
        0 as agencies_owed,
        0 as agencies_missing,
        0 as assumed_count
    from present

    union all

    select
        reporting_year,
        'as_reported' as structure_on,
        agency_code,
        agencies_owed,
        agencies_missing,
        assumed_count
    from owing

),

shown as (

    select * from placed
    union all
    select reporting_year, structure_on, 'LS' as agency_code, agencies_owed, agencies_missing, assumed_count from placed

)

select
    reporting_year,
    structure_on,
    agency_code,
    cast(sum(agencies_owed) as bigint) as agencies_owed,
    cast(sum(agencies_missing) as bigint) as agencies_missing,
    cast(sum(assumed_count) as bigint) as assumed_count
from shown
group by reporting_year, structure_on, agency_code
