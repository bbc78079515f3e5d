-- Looking back over a reorganisation: bodies that the successions between a structure's day and the end of a year
-- (until_on) connect are one group, named by its members that reported on the day. A commune from two districts makes a
-- group of both; a body that did not report itself stands with the one it was counted with.
with recursive windows as (

    select
        structures.structure_on,
        structures.structure_day,
        years.year_end as until_on
    from {{ ref('int_build__structures') }} as structures
    inner join {{ ref('int_build__years') }} as years on structures.structure_day < years.year_end

),

agencies as (

    select * from {{ ref('int_agencies__dated') }}

),

successors as (

    select * from {{ ref('int_agencies__successors') }}

),

edges as (

    select
        windows.structure_on,
        windows.until_on,
        successors.predecessor_code as one_code,
        successors.successor_code as other_code
    from windows
    inner join successors
        on successors.effective_on > windows.structure_day and successors.effective_on <= windows.until_on

    union

    select
        windows.structure_on,
        windows.until_on,
        successors.predecessor_code as one_code,
        successors.predecessor_code || '#chua_phan_bo' as other_code
    from windows
    inner join successors
        on
            successors.successor_count > 1
            and successors.effective_on > windows.structure_day
            and successors.effective_on <= windows.until_on

    union

    select
        windows.structure_on,
        windows.until_on,
        ancestors.agency_code as one_code,
        {{ reporting_body('ancestors', 'windows.structure_day') }} as other_code
    from windows
    inner join {{ ref('int_agencies__ancestors') }} as ancestors
        on {{ valid_on('ancestors', 'windows.structure_day') }}

),

ways as (

    select * from edges
    union
    select
        structure_on,
        until_on,
        other_code as one_code,
        one_code as other_code
    from edges

),

connected as (

    select
        windows.structure_on,
        windows.until_on,
        agencies.agency_code as member_code,
        agencies.agency_code
    from windows
    inner join agencies
        on agencies.is_in_scope and agencies.is_reporting and {{ valid_on('agencies', 'windows.structure_day') }}

    union

    select
        connected.structure_on,
        connected.until_on,
        connected.member_code,
        ways.other_code as agency_code
    from connected
    inner join ways
        on
            connected.structure_on = ways.structure_on
            and connected.until_on = ways.until_on
            and connected.agency_code = ways.one_code

)

select
    structure_on,
    until_on,
    agency_code,
    string_agg(member_code, '+' order by member_code) as group_code
from connected
group by structure_on, until_on, agency_code
