"""Which lines of a register are printed totals and no rows: found by their words, taken out of typed rows (C20).

Lives here: the SQL that finds them, and the figures a line prints. Does not live here: what the rows say (totals.py).

A total opens with its word ("Tổng cộng", "Cộng: 25 người") and leaves most of what a row needs blank, its identity
number too. Only rows that look so in the typed relation are looked up in the file again; a file without any is not read
a second time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from expectations.contracts.load import load
from ingestion.registers import source
from ingestion.registers.source import Source
from ingestion.registers.values import read_word
from ingestion.registers.words import Asked
from ingestion.typing.codes import CodeList
from ingestion.typing.text import clean

TABLE = "register_totals"
MAX_LINES = 10_000
"""Total lines of one file whose figures are compared; more are taken out of the rows all the same."""
_ID = "national_id"
_SHORTER_THAN_AN_ID = 7
_WORDS = (
    r"(tổng ?(số|cộng|chung)|tæng ?(sè|céng|chung)|grand total)([ :.,(].*)?"
    r"|(tổng|cộng|tæng|céng|total)([ :.]*|[ :.(]+([0-9]|[ivx]+[ +)=]).*)"
)
"""Of folded text; tæng, céng are tổng, cộng in a TCVN3 font. "Cộng đồng …" and "Tổng hợp …" are no totals."""
_PEOPLE = "người|lượt|quyết định|qđ|hồ sơ|dòng|trường hợp|bản ghi|khóa|công chức|viên chức|cán bộ"
_COUNT = re.compile(rf"(?<![0-9.,/+=-])(?<!năm )([0-9]{{1,3}}(?:[. ][0-9]{{3}})+|[0-9]+)\s*(?:$|[).;,]|{_PEOPLE})")


@dataclass(frozen=True)
class Printed:
    """A figure of a total line: the 0-based column it stands in, its text, the number.

    `field` is the field of numbers that it sums; None where it counts lines.
    """

    column: int
    text: str
    number: Decimal
    field: str | None = None


@dataclass(frozen=True)
class TotalLine:
    """A total line: its row in the file (1-based), and the figures it prints."""

    row: int
    figures: tuple[Printed, ...]


def take(
    connection: duckdb.DuckDBPyConnection,
    dataset: str,
    submission_id: str,
    asked: list[Asked],
    opened: Source,
    lists: Mapping[str, CodeList],
) -> list[TotalLine]:
    """Delete the total lines from `typed.<dataset>` and return them in order (at most MAX_LINES), before rows are
    renumbered; without them the temporary table is not made.
    """
    suspects = _suspects(dataset, asked)
    given = [submission_id]
    if not connection.execute(f"SELECT 1 FROM ({suspects}) LIMIT 1", given).fetchone():
        return []
    cells = ", ".join(opened.columns)
    texts = ", ".join(_text(name, opened) for name in opened.columns)
    connection.execute(
        f"""
        CREATE OR REPLACE TEMPORARY TABLE {TABLE} AS
        SELECT "row", [{cells}] AS cells FROM {opened.relation} AS file
        WHERE "row" IN (SELECT "row" FROM ({suspects})) AND {_opens_with_words(f"[{texts}]")}
        """,
        [*opened.parameters, *given],
    )
    source.rejects(connection)  # this pass met the ragged lines again
    found = connection.execute(f'SELECT "row", cells FROM {TABLE} ORDER BY "row" LIMIT {MAX_LINES}').fetchall()
    connection.execute(
        f'DELETE FROM typed.{dataset} WHERE submission_id = ? AND "row" IN (SELECT "row" FROM {TABLE})', given
    )
    connection.execute(f"DROP TABLE {TABLE}")
    by_column = {one.source: one for one in asked}
    return [TotalLine(row, tuple(_figures(cells, opened, by_column, lists))) for row, cells in found]


def _suspects(dataset: str, asked: list[Asked]) -> str:
    """SQL of the rows that leave at least half of what a row needs blank, and have no whole identity number."""
    needed = [f"t.{one.field.name}" for one in asked if one.field.required and one.field.name != _ID]
    blanks = " + ".join(f"({name} IS NULL)::INTEGER" for name in needed) or "0"
    no_id = "true"
    if _ID in load(dataset).field_names:
        digits = f"length(regexp_replace(t.{_ID}, '[^0-9]', '', 'g'))"
        no_id = f"(t.{_ID} IS NULL OR {digits} <= {_SHORTER_THAN_AN_ID})"
    return (
        f'SELECT t."row" FROM typed.{dataset} AS t '
        f"WHERE t.submission_id = ? AND {no_id} AND 2 * ({blanks}) >= {len(needed)}"
    )


def _text(name: str, opened: Source) -> str:
    return f"file.{name}" if opened.kinds is not None else f"file.{name}[2:]"


def _opens_with_words(texts: str) -> str:
    """SQL: one of the first two filled cells is the word of a total."""
    tidy = "lower(trim(regexp_replace(nfc_normalize(replace(x, chr(160), ' ')), '\\s+', ' ', 'g')))"
    filled = f"list_filter(list_transform({texts}, lambda x: {tidy}), lambda x: x <> '')[1:2]"
    return f"len(list_filter({filled}, lambda x: regexp_full_match(x, '{_WORDS}'))) > 0"


def _figures(
    cells: list[str | None], opened: Source, by_column: Mapping[str, Asked], lists: Mapping[str, CodeList]
) -> list[Printed]:
    """The numbers of a line: under a field of numbers a sum, behind the words or under a text or day a count.

    A number under a code ("12" under Giới tính) may count one of its values, one under an ignored column may be
    anything: neither is compared.
    """
    found = []
    for place, cell in enumerate(cells):
        if not cell or not cell.strip():
            continue
        kind, text = (opened.kinds[place], cell) if opened.kinds is not None else (cell[0], cell[1:])
        one = by_column.get(f"c{place}")
        number = _number(kind, text, one, lists)
        if number is not None:
            sums = one.field.name if one is not None and _is_number(one) and not _is_word(text) else None
            found.append(Printed(place, clean(text)[0], number, sums))
    return found


def _number(kind: str, text: str, one: Asked | None, lists: Mapping[str, CodeList]) -> Decimal | None:
    if kind == "s" and _is_word(text):
        return _count(text)
    if one is None or one.field.type in ("code", "boolean") or kind not in "sn":
        return None
    if _is_number(one):
        value = read_word(one.field, one.column, kind, text, lists).value
        return None if value is None else Decimal(value)
    is_whole = kind == "n" and text.isdigit()
    return Decimal(text) if is_whole else (_count(text) if kind == "s" and text.strip()[:1].isdigit() else None)


def _is_number(one: Asked) -> bool:
    return one.field.type in ("integer", "decimal")


def _is_word(text: str) -> bool:
    return bool(re.fullmatch(_WORDS, clean(text)[0].lower()))


def _count(text: str) -> Decimal | None:
    found = _COUNT.search(clean(text)[0].lower())
    return Decimal(re.sub("[. ]", "", found[1])) if found else None
