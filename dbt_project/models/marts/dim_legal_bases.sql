with bases as (

    select * from {{ ref('stg_reference__legal_bases') }}

)

select
    code as legal_basis,
    label_vi,
    label_en,
    document,
    group_vi,
    counts_as_basis,
    valid_from,
    valid_to,
    verified as is_verified,
    sort_order
from bases
