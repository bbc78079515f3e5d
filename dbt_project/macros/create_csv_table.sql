{#- Every column of a reference list is text: codes such as 06613 must not become numbers.
    Staging types what is a date or a number. -#}
{% macro duckdb__create_csv_table(model, agate_table) -%}
    {%- set sql -%}
        create table {{ this.render() }} (
            {%- for name in agate_table.column_names %}
            {{ adapter.quote_seed_column(name, true) }} varchar{{ ',' if not loop.last }}
            {%- endfor %}
        )
    {%- endset -%}
    {%- call statement('_') -%}{{ sql }}{%- endcall -%}
    {{ return(sql) }}
{%- endmacro %}
