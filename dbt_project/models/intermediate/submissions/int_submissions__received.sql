-- Workbooks as they arrived, each with its day here and whether it is the one that counts now.
with submissions as (

    select * from {{ ref('stg_accepted__submissions') }}
    where kind = 'workbook' and agency_code is not null

),

build as (

    select known_at from {{ ref('stg_build__parameters') }}

)

select
    submissions.submission_id,
    submissions.reporting_year,
    submissions.agency_code,
    submissions.version,
    submissions.document_date,
    submissions.figures_as_of,
    submissions.received_at,
    {{ local_day('submissions.received_at') }} as received_on,
    submissions.outcome,
    submissions.outcome <> 'rejected' as is_taken,
    submissions.outcome <> 'rejected'
    and coalesce(submissions.counts_from, submissions.received_at) <= build.known_at
    and (submissions.superseded_at is null or submissions.superseded_at > build.known_at) as is_current
from submissions
cross join build
