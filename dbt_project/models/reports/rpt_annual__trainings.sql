-- Annex V: trainings completed in the year by persons who were talents on that day, by field; persons and participations
-- are two numbers. Persons of fields do not add up to the total.
with trainings as (

    select trainings.*
    from {{ ref('fct_trainings') }} as trainings
    inner join {{ ref('dim_reporting_years') }} as years
        on trainings.completed_on between years.year_from and years.as_of and years.is_reported
    where trainings.is_completed and trainings.is_talent_on_day

),

shown as (

    select *, coalesce(training_field, 'CXD') as field from trainings
    union all
    select *, 'ALL' as field from trainings

),

fields as (

    select
        code,
        label_vi
    from {{ ref('dim_codes') }}
    where list = 'training_field'

)

select
    shown.field as training_field,
    case when shown.field = 'ALL' then 'Tổng số' else max(fields.label_vi) end as label_vi,
    cast(count(distinct shown.person_key) as bigint) as persons,
    cast(count(*) as bigint) as participations,
    cast(count(*) filter (where shown.training_kind = 'dao_tao') as bigint) as degree_count,
    cast(count(*) filter (where shown.training_kind is distinct from 'dao_tao') as bigint) as course_count,
    cast(count(*) filter (where shown.is_science_technology = 'yes') as bigint) as st_count,
    cast(count(*) filter (where shown.is_science_technology = 'unknown') as bigint) as undetermined_count,
    cast(sum(shown.hours) as decimal(18, 4)) as hours
from shown
left join fields on shown.field = fields.code
group by shown.field
