-- Codes of all lists with their labels, the lists with a file of their own among them.
with code_lists as (

    select * from {{ ref('stg_reference__code_lists') }}

)

select list, code, label_vi, label_en, sort_order from code_lists

union all

select 'legal_basis' as list, code, label_vi, label_en, sort_order
from {{ ref('stg_reference__legal_bases') }}

union all

select 'training_field' as list, code, label_vi, label_en, sort_order
from {{ ref('stg_reference__training_fields') }}
