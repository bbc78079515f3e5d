with source as (

    select * from {{ ref('agencies') }}

)

select
    agency_code,
    official_code,
    name_vi,
    short_name_vi,
    name_en,
    kind,
    level,
    parent_code,
    in_scope = 'yes' as in_scope,
    is_reporting = 'yes' as is_reporting,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to,
    legal_act,
    verified = 'yes' as verified,
    cast(sort_order as integer) as sort_order,
    note
from source
