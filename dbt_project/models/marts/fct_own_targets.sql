-- Targets of agencies' own plans and what they say of the result. A target lapses when its owner ends (R9).
with own_targets as (

    select * from {{ ref('stg_accepted__own_targets') }}

),

agencies as (

    select * from {{ ref('int_agencies__dated') }}

),

years as (

    select * from {{ ref('int_build__years') }}

)

select
    own_targets.reporting_year,
    own_targets.agency_code,
    own_targets.indicator_code,
    own_targets.target_label,
    own_targets.unit,
    own_targets.sector,
    cast(own_targets.phase_from as integer) as phase_from,
    cast(own_targets.phase_to as integer) as phase_to,
    own_targets.target_value,
    own_targets.achieved_value,
    coalesce(agencies.valid_to <= years.as_of, false) as has_lapsed,
    own_targets.submission_id,
    own_targets.sheet,
    own_targets."row"
from own_targets
left join agencies on own_targets.agency_code = agencies.agency_code
inner join years on years.is_reported
