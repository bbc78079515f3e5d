{#- The smallest k with 100 (n + k) >= t N, N unchanged: how many more would have been needed. Integers only. -#}
{% macro shortfall(numerator, denominator, target) -%}
    greatest(
        cast(0 as bigint),
        (cast({{ target }} * 10000 as bigint) * {{ denominator }} + 999999) // 1000000 - {{ numerator }}
    )
{%- endmacro %}
