{#- The verdict of one comparison, first line that applies (worked-examples 0.7). `tolerance` in points or NULL:
    only a recorded decision makes `approximately_met`. -#}
{% macro verdict(numerator, denominator, target, target_kind, tolerance) -%}
    case
        when {{ target }} is null then 'no_target'
        when coalesce({{ denominator }}, 0) = 0 then 'not_computable'
        when {{ reaches(numerator, denominator, target) }} then 'met'
        when
            {{ target_kind }} = 'about'
            and {{ reaches(numerator, denominator, target ~ ' - ' ~ tolerance) }} then 'approximately_met'
        else 'not_met'
    end
{%- endmacro %}
