-- Annex XII: the decisions in force at the end of the reported year, and what else could be decided.
with parameters as (

    select
        parameters.*,
        row_number() over (
            partition by parameters.parameter
            order by
                case when parameters.valid_from <= years.year_end then parameters.valid_from end desc nulls last,
                parameters.valid_from
        ) as place
    from {{ ref('dim_parameters') }} as parameters
    cross join {{ ref('dim_reporting_years') }} as years
    where years.is_reported

)

select
    parameter,
    label_vi,
    value,
    other_values,
    valid_from,
    deciding_document,
    decided_by,
    note_vi,
    indicators,
    cast(sort_order as integer) as sort_order
from parameters
where place = 1
