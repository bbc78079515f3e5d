-- Every decision in the register that stands, and what it counts as.
with classified as (

    select * from {{ ref('int_recruitments__classified') }}

),

spells as (

    select
        person_key,
        min(decided_on) as talent_decided_on,
        true as is_listed
    from {{ ref('int_talents__spells') }}
    group by person_key

)

select
    classified.row_id,
    classified.person_key,
    classified.agency_code,
    classified.deciding_agency_code,
    classified.decided_on,
    classified.event_on as effective_on,
    classified.staff_kind,
    classified.recruitment_form,
    coalesce(classified.is_first_time, false) as is_first_time,
    classified.legal_basis,
    classified.status,
    classified.counted_as,
    classified.is_recruit,
    spells.talent_decided_on,
    coalesce(spells.is_listed, false) as is_listed_talent,
    classified.submission_id,
    classified.sheet,
    classified."row"
from classified
left join spells on classified.person_key = spells.person_key
