-- Identities that were joined to another person by a signed decision that stands at the build's instant.
with build as (

    select known_at from {{ ref('stg_build__parameters') }}

),

links as (

    select * from {{ ref('stg_build__person_links') }}

),

standing as (

    select
        links.identity_key,
        links.person_key,
        row_number() over (
            partition by links.identity_key
            order by links.valid_from_record desc, links.person_key
        ) as place
    from links
    cross join build
    where
        links.valid_from_record <= build.known_at
        and (links.undone_at is null or links.undone_at > build.known_at)

)

select
    identity_key,
    person_key
from standing
where place = 1
