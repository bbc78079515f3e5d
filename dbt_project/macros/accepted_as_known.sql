{#- One accepted dataset as it was known at `build.parameters.known_at`, column by column as the contract says.
    keep_superseded: submissions keep every version, because a late correction does not undo a timely arrival (CT06).
    known_by: the instant at which a row became known; explanations are known by their answer. -#}
{% macro accepted_as_known(dataset, keep_superseded=false, known_by='received_at') -%}
with parameters as (

    select known_at from {{ source('build', 'parameters') }}

),

accepted as (

    select * from {{ source('accepted', dataset) }}

)

select
    {%- for column in model.columns.values() %}
    cast(accepted.{{ adapter.quote(column.name) }} as {{ column.data_type }}) as {{ adapter.quote(column.name) }}
    {{- ',' if not loop.last }}
    {%- endfor %}
from accepted
cross join parameters
where
    accepted.{{ known_by }} <= parameters.known_at
    {%- if not keep_superseded and known_by == 'received_at' %}
    and coalesce(accepted.counts_from, accepted.received_at) <= parameters.known_at
    and (accepted.superseded_at is null or accepted.superseded_at > parameters.known_at)
    {%- endif %}
{%- endmacro %}
