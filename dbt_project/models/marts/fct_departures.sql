-- Leavings and moves of talents as reported, one a person and day. Death and loss of health are one code: the reason is
-- nobody's business; statutory retirement stands apart.
with departures as (

    select * from {{ ref('stg_accepted__departures') }}

),

links as (

    select * from {{ ref('int_people__links') }}

),

resolved as (

    select * from {{ ref('int_agencies__resolved') }}

),

numbered as (

    select
        departures.*,
        coalesce(links.person_key, departures.identity_key) as person_key,
        row_number() over (
            partition by coalesce(links.person_key, departures.identity_key), departures.effective_on
            order by departures.received_at desc, departures.submission_id, departures."row"
        ) as place
    from departures
    left join links on departures.identity_key = links.identity_key

)

select
    numbered.reporting_year,
    numbered.person_key,
    numbered.agency_code,
    case
        when numbered.exit_reason in ('chet', 'mat_suc_khoe') then 'ly_do_khach_quan'
        else numbered.exit_reason
    end as exit_reason,
    numbered.effective_on,
    numbered.returned_on,
    numbered.destination_kind,
    resolved.agency_code as destination_agency_code,
    coalesce(numbered.exit_reason, '') <> 'chuyen_trong_pham_vi' as leaves_scope,
    numbered.submission_id,
    numbered.sheet,
    numbered."row"
from numbered
left join resolved
    on numbered.destination_agency_code = resolved.agency_written and numbered.effective_on = resolved.on_day
where numbered.place = 1
