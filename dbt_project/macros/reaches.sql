{#- True when numerator / denominator reaches a target in percent: 100 n >= t N, exact decimals, never a rounded value. -#}
{% macro reaches(numerator, denominator, target) -%}
    (cast(100 as decimal(18, 4)) * {{ numerator }} >= cast({{ target }} as decimal(18, 4)) * {{ denominator }})
{%- endmacro %}
