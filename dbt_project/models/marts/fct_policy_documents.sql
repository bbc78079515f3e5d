-- Documents on the policy, one row each however many agencies and years report it: the newest row speaks. A document without
-- number or day cannot be recognised: each of its rows is its own.
with documents as (

    select
        *,
        case
            when document_number is not null and issued_on is not null
                then {{ name_key('document_number') }} || '/' || cast(issued_on as varchar)
            else submission_id || '/' || sheet || '/' || cast("row" as varchar)
        end as document_key
    from {{ ref('stg_accepted__policy_documents') }}

),

ranked as (

    select
        *,
        count(*) over (partition by document_key) as times_reported,
        row_number() over (
            partition by document_key order by reporting_year desc, received_at desc, submission_id, "row"
        ) as place
    from documents

)

select
    reporting_year,
    agency_code,
    document_number,
    issued_on,
    issuing_body,
    document_kind,
    title,
    status,
    task_code,
    coalesce(status, '') <> 'du_thao' and document_number is not null and issued_on is not null as is_issued,
    times_reported,
    submission_id,
    sheet,
    "row"
from ranked
where place = 1
