-- A body owed the report and does not stand in the list of who reported: its silence would read as zero.
-- One row a body and year, whatever came.
select
    owed.reporting_year,
    owed.agency_code
from {{ ref('int_obligations__owed') }} as owed
left join {{ ref('fct_submissions') }} as submissions
    on owed.reporting_year = submissions.reporting_year and owed.agency_code = submissions.agency_code
where owed.form = 'cover' and submissions.outcome is null
