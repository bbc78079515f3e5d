{#- The schema of a layer is its own name, never `main_marts`: asset keys and readers rely on it. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name if custom_schema_name is not none else target.schema }}
{%- endmacro %}
