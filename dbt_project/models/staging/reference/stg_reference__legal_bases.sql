with source as (

    select * from {{ ref('legal_bases') }}

)

select
    code,
    label_vi,
    label_en,
    document,
    group_vi,
    counts_as_basis = 'yes' as counts_as_basis,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to,
    verified = 'yes' as verified,
    cast(sort_order as integer) as sort_order,
    note
from source
