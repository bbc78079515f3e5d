{#- 100 n / N with four decimals, halves up, by integer division; NULL when N = 0 or unknown. For display only. -#}
{% macro percent(numerator, denominator) -%}
    cast(
        cast(
            (2 * cast({{ numerator }} as bigint) * 1000000 + {{ denominator }}) // (2 * nullif({{ denominator }}, 0))
            as decimal(14, 0)
        ) * cast(0.0001 as decimal(5, 4)) as decimal(9, 4)
    )
{%- endmacro %}
