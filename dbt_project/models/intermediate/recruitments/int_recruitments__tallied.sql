-- Recruits of the headline reading and labour contracts beside them, as counts by body of the day and by what annex II
-- shows. Persons stand apart only where an assignment of theirs decides.
with years as (

    select * from {{ ref('int_build__years') }}

),

carried as (

    select * from {{ ref('int_people__carried') }}

),

recruits as (

    select
        counted.reporting_year,
        counted.person_key,
        counted.agency_code,
        counted.event_on,
        decisions.staff_kind,
        decisions.recruitment_form,
        coalesce(decisions.is_first_time, false) as is_first_time,
        counted.is_talent,
        false as is_contract,
        1 as place
    from {{ ref('int_recruitments__counted') }} as counted
    inner join {{ ref('int_recruitments__classified') }} as decisions
        on
            counted.submission_id = decisions.submission_id
            and counted.sheet is not distinct from decisions.sheet
            and counted."row" = decisions."row"
    where counted.reading = 'annual_persons' and counted.period_code = 'KY_LICH'

    union all

    select
        years.reporting_year,
        decisions.person_key,
        decisions.agency_code,
        decisions.event_on,
        'hop_dong' as staff_kind,
        'HD' as recruitment_form,
        false as is_first_time,
        false as is_talent,
        true as is_contract,
        row_number() over (
            partition by years.reporting_year, decisions.person_key order by decisions.event_on desc, decisions.row_id
        ) as place
    from {{ ref('int_recruitments__classified') }} as decisions
    inner join years on decisions.event_on between years.year_from and years.as_of
    where decisions.is_contract

),

tallied as (

    select
        recruits.reporting_year,
        recruits.agency_code,
        coalesce({{ reporting_body('ancestors', 'recruits.event_on') }}, recruits.agency_code) as reported_code,
        assigned.person_key,
        recruits.staff_kind,
        recruits.recruitment_form,
        recruits.is_first_time,
        recruits.is_talent,
        recruits.is_contract,
        count(*) as persons_count
    from recruits
    left join {{ ref('int_agencies__ancestors') }} as ancestors on recruits.agency_code = ancestors.agency_code
    left join (select distinct person_key from carried) as assigned on recruits.person_key = assigned.person_key
    where recruits.place = 1
    group by all

)

select * from tallied
