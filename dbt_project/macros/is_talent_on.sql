{#- True when a decision makes the person a talent on `day`: made by then under a basis in force when it was made, not
    withdrawn, and (for a recognition) not run out. -#}
{% macro is_talent_on(alias, day) -%}
    coalesce(
        (
            {{ alias }}.attraction_on <= {{ day }}
            or (
                {{ alias }}.recognition_on <= {{ day }}
                and ({{ alias }}.recognition_valid_to is null or {{ alias }}.recognition_valid_to >= {{ day }})
            )
        )
        and ({{ alias }}.withdrawn_on is null or {{ alias }}.withdrawn_on > {{ day }}),
        false
    )
{%- endmacro %}
