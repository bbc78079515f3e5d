-- Annex IX.a: nominations of the year by who nominated; every source has its row, NULL while no agency answered B08.
with told as (

    select
        nominations.nomination_source,
        sum(nominations.proposed_count) as proposed,
        sum(nominations.accepted_count) as accepted,
        sum(nominations.refused_count) as refused,
        sum(nominations.pending_count) as pending
    from {{ ref('fct_nominations') }} as nominations
    inner join {{ ref('dim_reporting_years') }} as years
        on nominations.reporting_year = years.reporting_year and years.is_reported
    group by nominations.nomination_source

),

answers as (

    {{ answers_to('B08') }}

),

sources as (

    select * from {{ ref('dim_codes') }}
    where list = 'nomination_source'

)

select
    sources.code as nomination_source,
    sources.label_vi,
    cast(sources.sort_order as integer) as sort_order,
    {{ told_or_nought('told.proposed', 'told.nomination_source', 'answers.answered > 0') }} as proposed,
    {{ told_or_nought('told.accepted', 'told.nomination_source', 'answers.answered > 0') }} as accepted,
    {{ told_or_nought('told.refused', 'told.nomination_source', 'answers.answered > 0') }} as refused,
    {{ told_or_nought('told.pending', 'told.nomination_source', 'answers.answered > 0') }} as pending
from sources
cross join answers
left join told on sources.code = told.nomination_source
