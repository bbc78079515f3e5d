-- Listed talents, one row a person and reporting year, with the day they count from and the body that answers for them.
with listed as (

    select
        *,
        row_number() over (
            partition by reporting_year, person_key
            order by received_at desc, started_on desc, submission_id, "row"
        ) as place
    from {{ ref('int_talents__listed') }}

),

stock as (

    select * from {{ ref('int_talents__stock') }}

)

select
    listed.reporting_year,
    listed.person_key,
    listed.agency_code as listed_by,
    stock.agency_code,
    listed.birth_year,
    listed.sex,
    listed.is_ethnic_minority,
    listed.origin,
    listed.level,
    listed.talent_group,
    listed.other_groups,
    listed.sector,
    listed.staff_kind,
    listed.unit_kind,
    listed.degree,
    listed.degree_class,
    listed.entry_route,
    listed.legal_basis,
    listed.recruitment_form,
    listed.nomination_source,
    listed.started_on,
    listed.clock_on as talent_since,
    least(listed.attraction_on, listed.recognition_on) as decided_on,
    listed.recognition_valid_to,
    listed.withdrawn_on,
    coalesce(stock.is_decided, false) as is_decided,
    stock.person_key is not null as is_in_service,
    listed.submission_id,
    listed.sheet,
    listed."row"
from listed
left join stock on listed.reporting_year = stock.reporting_year and listed.person_key = stock.person_key
where listed.place = 1
