-- One row a person and training: B05 and the training records tell the same fact twice (definitions section 2). Same
-- person, same course, completed within 31 days of the other: the row with a certificate stands, then the record.
with told as (

    {%- for dataset, rank, extra in [('trainings', 2, ''), ('training_records', 1, 'cast(null as varchar) as ')] %}
    {{ 'union all' if not loop.first }}
    select
        submission_id, sheet, "row", received_at, reporting_year, identity_key,
        '{{ dataset }}' as dataset, {{ rank }} as source,
        course_name, training_kind, training_level, training_field, is_science_technology as claimed_st,
        {{ extra }}delivery, started_on, completed_on, hours, institution, country, result,
        certificate_number, certified_on, {{ extra }}funding_source
    from {{ ref('stg_accepted__' ~ dataset) }}
    {%- endfor %}

),

links as (

    select * from {{ ref('int_people__links') }}

),

keyed as (

    select
        told.*,
        told.dataset || ':' || told.submission_id || ':' || coalesce(told.sheet, '') || ':' || cast(told."row" as varchar)
            as row_id,
        coalesce(links.person_key, told.identity_key) as person_key,
        {{ normal_text('told.course_name') }} as course_key,
        coalesce(told.completed_on, told.certified_on) as done_on,
        coalesce(told.completed_on, told.certified_on, told.started_on) as near_on,
        coalesce(told.certificate_number, cast(told.certified_on as varchar)) is not null as has_certificate
    from told
    left join links on told.identity_key = links.identity_key

),

stepped as (

    select
        *,
        case
            when date_diff(
                    'day', lag(near_on) over (
                        partition by person_key, course_key, done_on is null order by near_on, submission_id, "row"
                    ), near_on
                ) <= 31 then 0
            else 1
        end as starts_anew
    from keyed

),

grouped as (

    select
        *,
        sum(starts_anew) over (
            partition by person_key, course_key, done_on is null
            order by near_on, submission_id, "row"
            rows between unbounded preceding and current row
        ) as training_number
    from stepped

),

chosen as (

    select
        *,
        count(*) over same_training as times_told,
        max(training_field) over same_training as any_field,
        row_number() over (
            partition by person_key, course_key, done_on is null, training_number
            order by has_certificate desc, source, received_at desc, submission_id, "row"
        ) as place
    from grouped
    window same_training as (partition by person_key, course_key, done_on is null, training_number)

)

select
    chosen.row_id,
    chosen.submission_id,
    chosen.sheet,
    chosen."row",
    chosen.dataset,
    chosen.reporting_year,
    chosen.person_key,
    chosen.course_name,
    chosen.training_kind,
    chosen.training_level,
    coalesce(chosen.training_field, chosen.any_field) as training_field,
    coalesce(fields.is_science_technology, 'unknown') as is_science_technology,
    chosen.claimed_st,
    chosen.delivery,
    chosen.started_on,
    chosen.completed_on,
    chosen.hours,
    chosen.institution,
    chosen.country,
    chosen.result,
    chosen.funding_source,
    chosen.has_certificate,
    chosen.times_told,
    chosen.done_on,
    chosen.done_on is not null and coalesce(chosen.result = 'hoan_thanh', chosen.has_certificate) as is_completed
from chosen
left join {{ ref('stg_reference__training_fields') }} as fields
    on
        coalesce(chosen.training_field, chosen.any_field) = fields.code
        and {{ valid_on('fields', 'coalesce(chosen.done_on, chosen.started_on, fields.valid_from)') }}
where chosen.place = 1
