-- A printed table contradicts itself: parts do not make the whole, or the closing does not follow from the opening.
-- Recruits by kind and by form; talents by criterion; the total row of the money.
select 'recruitment_by_agency' as report_table, structure_on || ' ' || agency_code as place
from {{ ref('rpt_annual__recruitment_by_agency') }}
where
    civil_servants + public_employees <> recruits
    or by_exam + by_selection + by_reception <> recruits
    or first_time > recruits
    or talents > recruits

union all

select 'talents_in_service' as report_table, criterion || ' ' || category_code as place
from {{ ref('rpt_annual__talents_in_service') }}
where opening + attracted + recognised - left_count <> closing

union all

select 'indicators' as report_table, 'CT05' as place
from {{ ref('rpt_annual__indicators') }} as indicators
inner join (
    select coalesce(sum(closing), 0) as closing from {{ ref('rpt_annual__talents_in_service') }}
    where criterion = 'sex'
) as stock on indicators.denominator <> stock.closing
where indicators.indicator_code = 'CT05'
