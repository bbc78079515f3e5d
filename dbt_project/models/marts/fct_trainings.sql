-- Trainings, told once: B05 and the training records joined (definitions section 2). Of persons who are no talents only
-- the course counts; they carry no link to a talent.
with trainings as (

    select * from {{ ref('int_trainings__deduplicated') }}

),

of_talents as (

    select
        row_id,
        is_after_clock,
        is_talent_on_day
    from {{ ref('int_trainings__of_talents') }}

)

select
    trainings.row_id,
    trainings.person_key,
    trainings.course_name,
    trainings.training_kind,
    trainings.training_level,
    trainings.training_field,
    trainings.is_science_technology,
    trainings.claimed_st as claimed_science_technology,
    trainings.started_on,
    trainings.done_on as completed_on,
    trainings.hours,
    trainings.country,
    trainings.result,
    trainings.funding_source,
    trainings.has_certificate,
    cast(trainings.times_told as integer) as times_told,
    trainings.is_completed,
    of_talents.row_id is not null as is_of_listed_person,
    coalesce(of_talents.is_after_clock, false) as is_after_clock,
    coalesce(of_talents.is_talent_on_day, false) as is_talent_on_day,
    trainings.dataset,
    trainings.submission_id,
    trainings.sheet,
    trainings."row"
from trainings
left join of_talents on trainings.row_id = of_talents.row_id
