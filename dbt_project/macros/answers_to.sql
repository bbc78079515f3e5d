{#- How many agencies answered a form of the reported year (with rows or with a nil return), and how many owe an answer:
    a form that is sent only "if any" is owed no longer once the workbook has come without it. -#}
{% macro answers_to(form) -%}
    select
        count(*) filter (where forms.state in ('filled', 'nil')) as answered,
        count(*) filter (
            where forms.state = 'not_received' or (forms.state = 'missing' and forms.frequency <> 'yearly_if_any')
        ) as silent
    from {{ ref('fct_forms') }} as forms
    inner join {{ ref('dim_reporting_years') }} as years
        on forms.reporting_year = years.reporting_year and years.is_reported
    where forms.form = '{{ form }}'
{%- endmacro %}
