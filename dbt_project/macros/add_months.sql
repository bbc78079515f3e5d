{#- The same day some months later; the last day of the month where it has none (29/02 becomes 28/02). -#}
{% macro add_months(day, months) -%}
    cast({{ day }} + to_months(cast({{ months }} as integer)) as date)
{%- endmacro %}
