{#- True when `alias` (a row with valid_from, valid_to) holds on `day`; half-open, an empty end is open. -#}
{% macro valid_on(alias, day) -%}
    ({{ alias }}.valid_from <= {{ day }} and ({{ alias }}.valid_to is null or {{ alias }}.valid_to > {{ day }}))
{%- endmacro %}
