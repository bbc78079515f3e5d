"""Text of a register column -> the typed value of its field, as SQL expressions; the whole file in one INSERT.

Lives here: what a date, a number, a code, an id looks like in a register. `<field>__raw` keeps the text only where
typing failed or an id was repaired, so that ten million good rows carry no second copy of themselves. Text without
odd blanks or separators takes a short way round the regular expressions: they cost more than all the rest together.
Does not live here: whether a value is allowed (the contract's predicates, gate 1).
"""

from __future__ import annotations

from collections.abc import Mapping

from expectations.contracts.model import Contract, Field
from ingestion.registers.layout import Column, Layout, day_in

Codes = Mapping[str, Mapping[str, str]]
"""code list -> {word in lower case (code or Vietnamese label): code}."""

_BLANKS = " \t\r\n\u00a0\u200b\ufeff"
_YES = ("co", "có", "true", "1", "yes")
_NO = ("khong", "không", "false", "0", "no")
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
_ID = "national_id"


def insert_statement(
    contract: Contract,
    layout: Layout,
    headers: tuple[str, ...],
    relation: str,
    codes: Codes,
    prefixes: tuple[str, ...],
    file_name: str,
) -> str:
    """SQL that reads `relation` (columns "row", c0…cN) and inserts into `typed.<dataset>`.

    Its parameters are those of the relation; submission and sheet come from the variables `nhantai_submission` and
    `nhantai_sheet`. Rows in which every column is blank are left out. `prefixes`: allowed digits 1–3 of a cccd.
    """
    fields = contract.fields
    words = [f"{_word(layout.columns.get(f.name), headers, file_name)} AS {_q(f.name + '__text')}" for f in fields]
    values = [f"{_value(f, layout.columns.get(f.name), codes)} AS {_q(f.name)}" for f in fields if f.name != _ID]
    filled = " OR ".join(f"{_trimmed(column)} IS NOT NULL" for column in _columns(layout, headers))
    steps = [f'words AS (SELECT "row", {", ".join(words)} FROM {relation} WHERE {filled})']
    steps.append(f"plain AS (SELECT *, {', '.join(values)} FROM words)")
    steps += _identity_steps(contract, prefixes) if _ID in contract.field_names else ["typed AS (SELECT * FROM plain)"]
    return f"""
        INSERT INTO typed.{contract.name} BY NAME
        WITH {", ".join(steps)}
        SELECT getvariable('nhantai_submission') AS submission_id, getvariable('nhantai_sheet') AS sheet, "row",
            {", ".join(_q(f.name) for f in fields)},
            {", ".join(f"{_raw(f)} AS {_q(f.name + '__raw')}" for f in fields)}
        FROM typed
    """


def _columns(layout: Layout, headers: tuple[str, ...]) -> list[str]:
    """All columns of the file, those of fields first: the first one that is filled ends the question."""
    used = [headers.index(header) for header in layout.headers]
    return [f"c{index}" for index in dict.fromkeys([*used, *range(len(headers))])]


def _word(column: Column | None, headers: tuple[str, ...], file_name: str) -> str:
    """The trimmed text of a field before typing: from its column, its constant, the row number or the file name."""
    if column is None:
        return "NULL::VARCHAR"
    if column.constant is not None:
        return _literal(column.constant)
    if column.file_name is not None:
        return _literal(day_in(file_name) or "")
    if column.row:
        return 'CAST("row" AS VARCHAR)'
    word = _trimmed(f"c{headers.index(column.header or '')}")
    for step in column.transforms:
        word = {
            "upper": f"upper({word})",
            "lower": f"lower({word})",
            "digits": f"nullif(regexp_replace({word}, '[^0-9]', '', 'g'), '')",
        }[step]
    if not column.map:
        return word
    other = word if column.otherwise is None else f"CASE WHEN {word} IS NOT NULL THEN {_literal(column.otherwise)} END"
    return f"coalesce({_lookup(column.map, word)}, {other})"


def _value(field: Field, column: Column | None, codes: Codes) -> str:
    word = _q(field.name + "__text")
    if column is None:
        return f"NULL::{field.duckdb_type}"
    if field.type == "integer":
        return f"CASE WHEN regexp_full_match({word}, '[+-]?[0-9]{{1,18}}') THEN CAST({word} AS BIGINT) END"
    if field.type == "decimal":
        return _decimal(word, column.decimal)
    if field.type == "boolean":
        yes, no = _list(_YES), _list(_NO)
        return f"CASE WHEN lower({word}) IN ({yes}) THEN true WHEN lower({word}) IN ({no}) THEN false END"
    if field.type == "date":
        return _date(word, column.dates or _DATES)
    if field.type == "code":
        return _lookup(codes.get(field.code_list or "", {}), f"lower(nfc_normalize({word}))")
    return _tidy(word)


def _decimal(word: str, mark: str) -> str:
    number = f"replace(replace({word}, '.', ''), ',', '.')" if mark == "," else word
    shape = "[+-]?[0-9]{1,14}(\\.[0-9]+)?"
    return f"CASE WHEN regexp_full_match({number}, '{shape}') THEN CAST({number} AS DECIMAL(18,4)) END"


def _date(word: str, formats: tuple[str, ...]) -> str:
    """A day; a time of midnight behind it is cut off, a year of two digits is no year."""
    day = f"CASE WHEN length({word}) > 10 THEN regexp_replace({word}, '[T ]00:00:00(\\.0+)?$', '') ELSE {word} END"
    parsed = f"CAST(try_strptime({day}, [{_list(formats)}]) AS DATE)"
    return f"CASE WHEN year({parsed}) >= 1000 THEN {parsed} END"


def _identity_steps(contract: Contract, prefixes: tuple[str, ...]) -> list[str]:
    """The canonical id, as `typing.identity` reads it; lost zeros come back only where birth and sex prove them."""
    word = _tidy(_q(_ID + "__text"))
    kind = "coalesce(identity_kind, CASE WHEN identity_kind__text IS NULL THEN 'cccd' END)"
    marks = " OR ".join(f"contains({word}, {_literal(mark)})" for mark in " .'`-")
    bare = f"""CASE WHEN {kind} IN ('cccd', 'passport') AND (strlen({word}) <> length({word}) OR {marks})
        THEN regexp_replace({word}, '[\\s.''`’-]+', '', 'g') ELSE {word} END"""
    return [
        f"bare AS (SELECT *, {kind} AS id_kind, {bare} AS id_bare FROM plain)",
        f"full_ids AS (SELECT *, {_restored(contract, prefixes)} AS id_full FROM bare)",
        f"typed AS (SELECT *, coalesce(id_full, CASE WHEN id_kind = 'passport' THEN upper(id_bare) ELSE id_bare END) "
        f"AS {_ID} FROM full_ids)",
    ]


def _restored(contract: Contract, prefixes: tuple[str, ...]) -> str:
    if not {"birth_date", "sex"} <= set(contract.field_names):
        return "NULL::VARCHAR"
    full = "lpad(id_bare, 12, '0')"
    century = f"1900 + 100 * (CAST(substr({full}, 4, 1) AS INTEGER) // 2) + CAST(substr({full}, 5, 2) AS INTEGER)"
    female = f"(CAST(substr({full}, 4, 1) AS INTEGER) % 2 = 1)"
    return f"""CASE WHEN id_kind = 'cccd' AND length(id_bare) IN (10, 11) AND regexp_full_match(id_bare, '[0-9]+')
        THEN CASE WHEN left({full}, 3) IN ({_list(prefixes)})
            AND year(birth_date) = {century} AND (sex = 'nu') = {female} THEN {full} END END"""


def _raw(field: Field) -> str:
    if field.name == _ID:
        return "CASE WHEN id_full IS NOT NULL THEN id_bare END"
    if field.type in {"string", "text"}:
        return "NULL::VARCHAR"
    return f"CASE WHEN {_q(field.name)} IS NULL THEN {_q(field.name + '__text')} END"


def _trimmed(column: str) -> str:
    odd = f"CASE WHEN {_has_odd_blanks(column)} THEN trim({column}, {_literal(_BLANKS)})"
    return f"nullif({odd} ELSE trim({column}) END, '')"


def _tidy(word: str) -> str:
    """NFC with single spaces."""
    composed = f"nfc_normalize({word})"
    return f"""CASE WHEN contains({word}, '  ') OR {_has_odd_blanks(word)}
        THEN regexp_replace({composed}, '[\\s\\x{{00A0}}\\x{{200B}}]+', ' ', 'g') ELSE {composed} END"""


def _has_odd_blanks(text: str) -> str:
    """SQL condition: some blank other than the space is in it."""
    return "(" + " OR ".join(f"contains({text}, {_literal(mark)})" for mark in _BLANKS[1:]) + ")"


def _lookup(words: Mapping[str, str], word: str) -> str:
    if not words:
        return "NULL::VARCHAR"
    return f"map([{_list(tuple(words))}], [{_list(tuple(words.values()))}])[{word}]"


def _list(words: tuple[str, ...]) -> str:
    return ", ".join(_literal(word) for word in words)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
