"""The rows of a register into `typed.<dataset>`: one INSERT that joins the file with the words it uses.

Lives here: the SQL of the INSERT, and what only a whole row can say: the form of its identity number and whether lost
zeros are proved. `<field>__raw` keeps the text only where typing failed or an id was repaired, so that ten million
good rows carry no second copy of themselves.
Does not live here: what a text means (values.py, words.py), whether a value is allowed (contract's predicates, gate 1).
"""

from __future__ import annotations

from collections.abc import Mapping

from expectations.contracts.model import Contract, Field
from ingestion.registers.layout import Column, day_in
from ingestion.registers.source import Source
from ingestion.registers.values import read_word
from ingestion.registers.words import TABLE, Asked
from ingestion.typing.codes import CodeList

_BLANKS = " \t\r\n\u00a0\u200b\ufeff"
_ID = "national_id"
_EXPONENT = "[0-9]+([.,][0-9]+)?[eE]\\+?[0-9]+"


def insert_statement(
    contract: Contract,
    fixed: Mapping[str, str],
    asked: list[Asked],
    with_words: set[int],
    source: Source,
    prefixes: tuple[str, ...],
) -> str:
    """SQL that reads the source (columns "row", c0…cN) and inserts into `typed.<dataset>`.

    Its parameters are those of the source; submission and sheet come from the variables `nhantai_submission` and
    `nhantai_sheet`. `fixed`: SQL values of fields that have no column; `with_words`: numbers of fields that have words
    in the table of words. Rows in which every column is blank are left out. `prefixes`: allowed digits 1–3 of a cccd.
    """
    by_name = {one.field.name: one for one in asked}
    taken, raws, joins = [], [], []
    for field in contract.fields:
        one = by_name.get(field.name)
        taken += _value(field, one, one is not None and one.number in with_words, fixed)
        raws.append(_raw(field, one is not None and one.number in with_words))
        if one is not None and one.number in with_words:
            joins.append(_join(one))
    filled = " OR ".join(f"{_trimmed(column)} IS NOT NULL" for column in _columns(asked, source))
    steps = [f'plain AS (SELECT file."row", {", ".join(taken)} FROM {source.relation} AS file {" ".join(joins)}']
    steps[0] += f" WHERE {filled})"
    steps += _identity_steps(contract, prefixes) if _ID in contract.field_names else ["typed AS (SELECT * FROM plain)"]
    return f"""
        INSERT INTO typed.{contract.name} BY NAME
        WITH {", ".join(steps)}
        SELECT getvariable('nhantai_submission') AS submission_id, getvariable('nhantai_sheet') AS sheet, "row",
            {", ".join(_q(f.name) for f in contract.fields)}, {", ".join(raws)}
        FROM typed
    """


def fixed_values(
    contract: Contract, columns: Mapping[str, Column], file_name: str, lists: Mapping[str, CodeList]
) -> dict[str, str]:
    """SQL of the fields whose value is the same in the whole file, or the number of the row."""
    found = {}
    for field in contract.fields:
        column = columns.get(field.name)
        if column is None or column.header is not None:
            continue
        said = column.constant if column.constant is not None else day_in(file_name) or ""
        value = read_word(field, column, "s", said, lists).value
        text = "NULL" if value is None else _literal(value)
        found[field.name] = f"""CAST({'file."row"' if column.row else text} AS {field.duckdb_type})"""
    return found


def _value(field: Field, one: Asked | None, has_words: bool, fixed: Mapping[str, str]) -> list[str]:
    """Value of the field as columns of the step `plain`, with the text to keep where it could not be read."""
    if one is None:
        value = fixed.get(field.name, f"CAST(NULL AS {field.duckdb_type})")
        if field.name != _ID:
            return [f"{value} AS {_q(field.name)}"]
        return [f"{value} AS id_text, {value} AS id_bare, upper({value}) AS id_passport, NULL::VARCHAR AS id_raw"]
    itself = f"nullif(file.{one.source}, '')"
    word = f"w{one.number}"
    raw = [f"{word}.raw AS {_q(field.name + '__raw')}"] if has_words else []
    if field.name == _ID:
        return [*_identity(itself, word if has_words else None)]
    if one.plain is None:
        value = f"CAST({word}.value AS {field.duckdb_type})" if has_words else f"CAST(NULL AS {field.duckdb_type})"
        return [f"{value} AS {_q(field.name)}", *raw]
    value = f"CASE WHEN {word}.w IS NULL THEN {itself} ELSE {word}.value END" if has_words else itself
    return [f"{value} AS {_q(field.name)}", *raw]


def _identity(itself: str, word: str | None) -> list[str]:
    """The number as its kinds would have it; a text without a word is letters and digits only and means itself."""
    capitals = f"CASE WHEN regexp_full_match({itself}, '{_EXPONENT}') THEN {itself} ELSE upper({itself}) END"
    if word is None:
        return [f"{itself} AS id_text, {itself} AS id_bare, {capitals} AS id_passport, NULL::VARCHAR AS id_raw"]
    return [
        f"CASE WHEN {word}.w IS NULL THEN {own} ELSE {word}.{name} END AS {alias}"
        for own, name, alias in (
            (itself, "value", "id_text"), (itself, "bare", "id_bare"), (capitals, "passport", "id_passport"),
            ("NULL", "raw", "id_raw"),
        )
    ]  # fmt: skip


def _join(one: Asked) -> str:
    word = f"w{one.number}"
    return f"LEFT JOIN {TABLE} AS {word} ON {word}.f = {one.number} AND {word}.w = file.{one.source}"


def _identity_steps(contract: Contract, prefixes: tuple[str, ...]) -> list[str]:
    """The canonical id, as `typing.identity` reads it; lost zeros come back only where birth and sex prove them."""
    kind = "coalesce(identity_kind, 'cccd')"
    return [
        f"full_ids AS (SELECT *, {kind} AS id_kind, {_restored(contract, prefixes)} AS id_full FROM plain)",
        f"""typed AS (SELECT *, CASE id_kind WHEN 'cccd' THEN coalesce(id_full, id_bare)
            WHEN 'passport' THEN id_passport ELSE id_text END AS {_ID} FROM full_ids)""",
    ]


def _restored(contract: Contract, prefixes: tuple[str, ...]) -> str:
    if not {"birth_date", "sex"} <= set(contract.field_names):
        return "NULL::VARCHAR"
    full = "lpad(id_bare, 12, '0')"
    century = f"1900 + 100 * (CAST(substr({full}, 4, 1) AS INTEGER) // 2) + CAST(substr({full}, 5, 2) AS INTEGER)"
    female = f"(CAST(substr({full}, 4, 1) AS INTEGER) % 2 = 1)"
    return f"""CASE WHEN coalesce(identity_kind, 'cccd') = 'cccd' AND length(id_bare) IN (10, 11)
            AND regexp_full_match(id_bare, '[0-9]+')
        THEN CASE WHEN left({full}, 3) IN ({", ".join(map(_literal, prefixes))})
            AND year(birth_date) = {century} AND (sex = 'nu') = {female} THEN {full} END END"""


def _raw(field: Field, has_words: bool) -> str:
    name = _q(field.name + "__raw")
    if field.name == _ID:
        return f"coalesce(id_raw, CASE WHEN id_full IS NOT NULL THEN id_bare END) AS {name}"
    return name if has_words else f"NULL::VARCHAR AS {name}"


def _columns(asked: list[Asked], source: Source) -> list[str]:
    """All columns of the file, those of fields first: the first one that is filled ends the question."""
    return [f"file.{name}" for name in dict.fromkeys([*(one.source for one in asked), *source.columns])]


def _trimmed(column: str) -> str:
    odd = " OR ".join(f"contains({column}, {_literal(mark)})" for mark in _BLANKS[1:])
    return f"nullif(CASE WHEN {odd} THEN trim({column}, {_literal(_BLANKS)}) ELSE trim({column}) END, '')"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
