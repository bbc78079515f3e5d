-- Annex XV: petitions of the reported year by topic and by who can decide them, with the agencies that share them; never
-- word for word (definitions § 2).
with proposals as (

    select
        proposals.*,
        agencies.name_vi
    from {{ ref('fct_proposals') }} as proposals
    inner join {{ ref('dim_reporting_years') }} as years
        on proposals.reporting_year = years.reporting_year and years.is_reported
    left join {{ ref('dim_agencies') }} as agencies on proposals.agency_code = agencies.agency_code

),

grouped as (

    select
        topic,
        addressed_to,
        count(distinct agency_code) as agencies,
        string_agg(distinct name_vi, '; ' order by name_vi) as agencies_vi,
        count(*) as proposals,
        sum(cast(status = 'da_tra_loi' as integer)) as answered,
        sum(cast(status = 'da_giai_quyet' as integer)) as settled
    from proposals
    group by topic, addressed_to

),

labels as (

    select * from {{ ref('dim_codes') }}

)

select
    grouped.topic,
    coalesce(topics.label_vi, grouped.topic) as topic_label_vi,
    grouped.addressed_to,
    coalesce(addressees.label_vi, grouped.addressed_to) as addressee_label_vi,
    cast(coalesce(addressees.sort_order, 1000) * 1000 + coalesce(topics.sort_order, 1000) as integer) as sort_order,
    cast(grouped.agencies as bigint) as agencies,
    grouped.agencies_vi,
    cast(grouped.proposals as bigint) as proposals,
    cast(grouped.answered as bigint) as answered,
    cast(grouped.settled as bigint) as settled
from grouped
left join labels as topics on topics.list = 'proposal_topic' and grouped.topic = topics.code
left join labels as addressees on addressees.list = 'proposal_addressee' and grouped.addressed_to = addressees.code
