{#- 100 n / N with four decimals, halves up, by integer division; NULL when N = 0 or unknown. For display only.
    `type` is wider where n may be anything (amounts in the wrong unit must not stop a build). -#}
{% macro percent(numerator, denominator, type='decimal(9, 4)') -%}
    cast(
        cast(
            (2 * cast({{ numerator }} as hugeint) * 1000000 + {{ denominator }}) // (2 * nullif({{ denominator }}, 0))
            as decimal(28, 0)
        ) * cast(0.0001 as decimal(5, 4)) as {{ type }}
    )
{%- endmacro %}
