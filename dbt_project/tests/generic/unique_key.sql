{#- Fails for each value of a key of several columns that stands in more than one row. NULLs count as equal. -#}
{% test unique_key(model, columns) %}
select {{ columns | join(', ') }}
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1
{% endtest %}
