{#- Whether a row of fct_forms owes an answer: a form that is sent only "if any" is owed no longer once the workbook has come
    without it. -#}
{% macro owes_an_answer(forms) -%}
    {{ forms }}.state = 'not_received' or ({{ forms }}.state = 'missing' and {{ forms }}.frequency <> 'yearly_if_any')
{%- endmacro %}

{#- How many agencies answered a form of the reported year (with rows or with a nil return), and how many owe one. -#}
{% macro answers_to(form) -%}
    select
        count(*) filter (where forms.state in ('filled', 'nil')) as answered,
        count(*) filter (where {{ owes_an_answer('forms') }}) as silent
    from {{ ref('fct_forms') }} as forms
    inner join {{ ref('dim_reporting_years') }} as years
        on forms.reporting_year = years.reporting_year and years.is_reported
    where forms.form = '{{ form }}'
{%- endmacro %}
