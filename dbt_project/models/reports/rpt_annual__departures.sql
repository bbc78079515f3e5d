-- Annex IV.a: talents who left or moved in the year, by reason.
with departures as (

    select
        departures.exit_reason,
        count(*) as persons
    from {{ ref('fct_departures') }} as departures
    inner join {{ ref('dim_reporting_years') }} as years
        on departures.effective_on between years.year_from and years.as_of and years.is_reported
    group by departures.exit_reason

),

labels as (

    select
        code,
        label_vi
    from {{ ref('dim_codes') }}
    where list in ('exit_reason', 'exit_reason_published')

)

select
    coalesce(departures.exit_reason, 'khong_ro') as exit_reason,
    coalesce(labels.label_vi, 'Không rõ') as label_vi,
    cast(departures.persons as bigint) as persons
from departures
left join labels on departures.exit_reason = labels.code
