{#- The fewest decimals (1 to 4) with which the printed value compares with the target as the exact one does. -#}
{% macro decimals_needed(numerator, denominator, target) -%}
    case
        when {{ target }} is null or coalesce({{ denominator }}, 0) = 0 then 1
        {%- for decimals in range(1, 4) %}
        when
            (
                (2 * cast({{ numerator }} as bigint) * {{ 100 * 10 ** decimals }} + {{ denominator }})
                // (2 * {{ denominator }}) >= cast({{ target }} as decimal(18, 4)) * {{ 10 ** decimals }}
            ) = {{ reaches(numerator, denominator, target) }} then {{ decimals }}
        {%- endfor %}
        else 4
    end
{%- endmacro %}
