{#- A name as it is compared: NFC, lower case, single spaces, none at the ends. -#}
{% macro normal_text(text) -%}
    lower(trim(regexp_replace(nfc_normalize({{ text }}), '\s+', ' ', 'g')))
{%- endmacro %}
