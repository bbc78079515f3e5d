-- An analyst who maps the register's rows with the bridges gets another number than the figure of that body.
-- The latest decision of a person in the year is the one that counts.
with latest as (

    select
        decisions.person_key,
        decisions.agency_code,
        years.reporting_year,
        row_number() over (
            partition by decisions.person_key, years.reporting_year
            order by
                decisions.effective_on desc, decisions.decided_on desc nulls last, classified.received_at desc,
                classified.decision_number desc, decisions."row" desc, decisions.submission_id
        ) as place
    from {{ ref('fct_recruitments') }} as decisions
    inner join {{ ref('int_recruitments__classified') }} as classified on decisions.row_id = classified.row_id
    inner join {{ ref('dim_reporting_years') }} as years
        on decisions.effective_on between years.year_from and years.as_of
    where decisions.is_recruit

),

remapped as (

    select
        latest.reporting_year,
        bodies.structure_on,
        coalesce(persons.shown_code, bodies.shown_code) as agency_code,
        count(*) as rows_count
    from latest
    inner join {{ ref('brg_agency_structures') }} as bodies
        on latest.reporting_year = bodies.reporting_year and latest.agency_code = bodies.agency_code
    left join {{ ref('brg_person_structures') }} as persons
        on
            latest.reporting_year = persons.reporting_year
            and latest.agency_code = persons.agency_code
            and latest.person_key = persons.person_key
            and bodies.structure_on = persons.structure_on
    where latest.place = 1
    group by 1, 2, 3

)

select
    figures.reporting_year,
    figures.structure_on,
    figures.agency_code,
    figures.denominator,
    remapped.rows_count
from {{ ref('fct_indicator_values') }} as figures
left join remapped
    on
        figures.reporting_year = remapped.reporting_year
        and figures.structure_on = remapped.structure_on
        and figures.agency_code = remapped.agency_code
where
    figures.indicator_code = 'CT02' and figures.reading = 'annual_persons' and figures.period_code = 'KY_LICH'
    and figures.structure_on <> 'as_reported' and figures.agency_code <> 'LS'
    and figures.denominator <> coalesce(remapped.rows_count, 0)
