-- How many rows gate 1 looked at and kept out, by form of a workbook or register, in the files that count now.
with submissions as (

    select submissions.*
    from {{ ref('stg_accepted__submissions') }} as submissions
    cross join {{ ref('stg_build__parameters') }} as build
    where
        submissions.outcome <> 'rejected'
        and coalesce(submissions.counts_from, submissions.received_at) <= build.known_at
        and (submissions.superseded_at is null or submissions.superseded_at > build.known_at)

)

select
    reporting_year,
    submission_id,
    form as part,
    rows_accepted,
    rows_rejected
from {{ ref('stg_accepted__form_returns') }}

union all

select
    reporting_year,
    submission_id,
    kind as part,
    rows_accepted,
    rows_rejected
from submissions
where kind <> 'workbook'
