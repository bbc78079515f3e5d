{#- What was told of a code (`found` is its key in the sums, NULL when no row speaks of it): its sum, which is NULL where
    every row left the field blank; else nought once somebody answered, and NULL while nobody did (never 0). -#}
{% macro told_or_nought(value, found, has_answers) -%}
    cast(case when {{ found }} is not null then {{ value }} when {{ has_answers }} then 0 end as bigint)
{%- endmacro %}
