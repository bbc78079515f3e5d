{#- The nearest reporting body at or above a body on `day`; the body itself when there is none, or when it is a row
    "chưa phân bổ". `alias` is a row of int_agencies__ancestors. -#}
{% macro reporting_body(alias, day) -%}
    case
        when {{ alias }}.is_unassigned then {{ alias }}.agency_code
        {%- for prefix in ['', 'parent_', 'grandparent_'] %}
        when
            {{ alias }}.{{ prefix }}is_reporting
            and {{ alias }}.{{ prefix }}valid_from <= {{ day }}
            and ({{ alias }}.{{ prefix }}valid_to is null or {{ alias }}.{{ prefix }}valid_to > {{ day }})
            then {{ alias }}.{{ prefix or 'agency_' }}code
        {%- endfor %}
        else {{ alias }}.agency_code
    end
{%- endmacro %}
