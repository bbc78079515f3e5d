-- Annex IX.b: collectives and persons commended in the year by kind of commendation, NULL while no agency answered B09.
with told as (

    select
        commendations.kind,
        coalesce(sum(commendations."count") filter (where commendations.subject_kind = 'tap_the'), 0) as collectives,
        coalesce(sum(commendations."count") filter (where commendations.subject_kind = 'ca_nhan'), 0) as persons
    from {{ ref('fct_commendations') }} as commendations
    inner join {{ ref('dim_reporting_years') }} as years
        on commendations.reporting_year = years.reporting_year and years.is_reported
    group by commendations.kind

),

answers as (

    {{ answers_to('B09') }}

),

kinds as (

    select * from {{ ref('dim_codes') }}
    where list = 'commendation_kind'

)

select
    kinds.code as commendation_kind,
    kinds.label_vi,
    cast(kinds.sort_order as integer) as sort_order,
    {{ told_or_nought('told.collectives', 'told.kind', 'answers.answered > 0') }} as collectives,
    {{ told_or_nought('told.persons', 'told.kind', 'answers.answered > 0') }} as persons
from kinds
cross join answers
left join told on kinds.code = told.kind
