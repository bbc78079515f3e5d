{#- The day of the calendar of Asia/Ho_Chi_Minh on which an instant falls (worked-examples 0.1). -#}
{% macro local_day(instant) -%}
    cast(timezone('Asia/Ho_Chi_Minh', {{ instant }}) as date)
{%- endmacro %}
