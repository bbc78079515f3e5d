{#- The key under which two spellings of one agency's name are equal: NFC, lower case, one kind of dash, "&" for "và",
    no spaces around punctuation, without "Ủy ban nhân dân". Diacritics stay: Tân Thành is not Tân Thanh. -#}
{% macro name_key(name) -%}
    regexp_replace(
        regexp_replace(
            replace({{ normal_text("translate(" ~ name ~ ", '‐‑‒–—−', '------')") }}, ' & ', ' và '),
            ' *([-,.]) *', '\1', 'g'
        ),
        '^(ủy ban nhân dân|uỷ ban nhân dân|ubnd) ', ''
    )
{%- endmacro %}
