-- Rows of B03 as listed: which of their decisions stand on a basis in force that day (worked-examples 0.10), and the
-- clock: first working day of the attracted, day of the recognition of those in service (section 4).
with talents as (

    select * from {{ ref('stg_accepted__talents') }}

),

links as (

    select * from {{ ref('int_people__links') }}

),

bases as (

    select * from {{ ref('stg_reference__legal_bases') }}
    where counts_as_basis

)

select
    talents.*,
    coalesce(links.person_key, talents.identity_key) as person_key,
    case when {{ valid_on('bases', 'talents.attraction_decided_on') }} then talents.attraction_decided_on end
        as attraction_on,
    case when {{ valid_on('bases', 'talents.recognised_on') }} then talents.recognised_on end as recognition_on,
    case
        when coalesce(talents.entry_route, case when talents.attraction_decided_on is null then 'trong_dung' end)
            = 'trong_dung'
            then coalesce(talents.recognised_on, talents.attraction_decided_on, talents.started_on)
        else talents.started_on
    end as clock_on
from talents
left join links on talents.identity_key = links.identity_key
left join bases on talents.legal_basis = bases.code
