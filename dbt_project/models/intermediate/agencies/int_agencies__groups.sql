-- Looking back over a reorganisation: bodies that later successions connect are one group, named by its members
-- in scope that existed on the day. A commune from two districts makes a group of both.
with recursive years as (

    select distinct
        structure_on,
        year_end as structure_day
    from {{ ref('int_build__years') }}

),

agencies as (

    select * from {{ ref('int_agencies__dated') }}

),

edges as (

    select
        years.structure_on,
        successors.predecessor_code as one_code,
        successors.successor_code as other_code
    from years
    inner join {{ ref('int_agencies__successors') }} as successors
        on successors.effective_on > years.structure_day

),

ways as (

    select * from edges
    union
    select
        structure_on,
        other_code as one_code,
        one_code as other_code
    from edges

),

connected as (

    select
        structure_on,
        one_code as agency_code,
        one_code as member_code
    from ways

    union

    select
        connected.structure_on,
        connected.agency_code,
        ways.other_code as member_code
    from connected
    inner join ways
        on connected.structure_on = ways.structure_on and connected.member_code = ways.one_code

)

select
    connected.structure_on,
    connected.agency_code,
    string_agg(connected.member_code, '+' order by agencies.sort_order, connected.member_code) as group_code
from connected
inner join years on connected.structure_on = years.structure_on
inner join agencies on connected.member_code = agencies.agency_code
where agencies.is_in_scope and {{ valid_on('agencies', 'years.structure_day') }}
group by connected.structure_on, connected.agency_code
