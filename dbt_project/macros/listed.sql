{#- True when `item` is one of the codes in a parameter such as `cong_chuc;vien_chuc`. -#}
{% macro listed(item, semicolon_list) -%}
    (position(';' || {{ item }} || ';' in ';' || {{ semicolon_list }} || ';') > 0)
{%- endmacro %}
