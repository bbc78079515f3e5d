-- Annex XIV: documents on the policy that were issued in the reported year, whoever reported them and when.
with documents as (

    select documents.*
    from {{ ref('fct_policy_documents') }} as documents
    inner join {{ ref('dim_reporting_years') }} as years
        on documents.issued_on between years.year_from and years.as_of and years.is_reported
    where documents.is_issued

),

labels as (

    select * from {{ ref('dim_codes') }}

),

agencies as (

    select * from {{ ref('dim_agencies') }}

)

select
    documents.document_number,
    documents.issued_on,
    documents.issuing_body,
    case when documents.issuing_body = 'co_quan' then agencies.name_vi else bodies.label_vi end as issuer_name_vi,
    documents.document_kind,
    coalesce(kinds.label_vi, documents.document_kind) as kind_label_vi,
    documents.title,
    documents.task_code
from documents
left join agencies on documents.agency_code = agencies.agency_code
left join labels as bodies on bodies.list = 'issuing_body' and documents.issuing_body = bodies.code
left join labels as kinds on kinds.list = 'document_kind' and documents.document_kind = kinds.code
