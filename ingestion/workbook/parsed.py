"""A workbook as read: text and kind of every cell that holds something, with its address. No judgement yet.

Lives here: the values that cross from the jail to the parent, and their JSON. Does not live here: reading
(cells.py, row_count.py) or understanding (sheets.py, layout.py, forms.py).
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple


class Cell(NamedTuple):
    """One cell: `kind` is s text, n number, p number shown in percent, d date, t time or duration, b boolean,
    e error, f formula never computed.

    `text` of a number is its shortest exact form ("20091001234", "0.125"), of a date ISO ("2025-01-05" or
    "2025-01-05T10:30:00"), of a boolean "TRUE"/"FALSE", of an error its name ("#REF!"), of f empty. `original` is what
    stood in the cell where `text` was converted from an old font's encoding (legacy_text.py).
    """

    kind: str
    text: str
    original: str | None = None


@dataclass(frozen=True)
class ParsedSheet:
    """One worksheet: `rows` maps the 1-based row number to {0-based column: Cell}, only where something stands.

    `state` is visible, hidden or veryHidden; `merged` holds (first_row, first_column, last_row, last_column), rows
    1-based, columns 0-based, inclusive; hidden rows are 1-based, hidden columns 0-based; `struck` are the (row, column)
    of cells with content that are struck through.
    """

    name: str
    state: str
    rows: dict[int, dict[int, Cell]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class ParsedWorkbook:
    """All worksheets of one file, in its order. `file` is a name to show, never a path to open."""

    file: str
    sha256: str
    parser_version: str
    sheets: tuple[ParsedSheet, ...]
    template_edition: str | None = None
    external_links: bool = False


def column_letter(column: int) -> str:
    """The letters of a 0-based column: 0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The 0-based column of its letters: A -> 0, AA -> 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def address(row: int, column: int) -> str:
    """A1 address of a 1-based row and a 0-based column."""
    return f"{column_letter(column)}{row}"


def to_json(sheets: list[ParsedSheet], *, template_edition: str | None, external_links: bool) -> dict[str, Any]:
    """The part of a parsed workbook that depends on its bytes alone, ready for json.dumps."""
    return {
        "template_edition": template_edition,
        "external_links": external_links,
        "sheets": [
            {
                "name": sheet.name,
                "state": sheet.state,
                "rows": [
                    [
                        row,
                        list(cells),
                        "".join([cell.kind for cell in cells.values()]),
                        [c.text for c in cells.values()],
                    ]
                    for row, cells in sheet.rows.items()
                ],
                "merged": sheet.merged,
                "hidden_rows": sorted(sheet.hidden_rows),
                "hidden_columns": sorted(sheet.hidden_columns),
                "struck": sorted(sheet.struck),
            }
            for sheet in sheets
        ],
    }


def load(path: Path, *, file: str, sha256: str, parser_version: str) -> ParsedWorkbook:
    """Read what a worker wrote (gzipped JSON of `to_json`). ValueError when it is not that."""
    content = json.loads(gzip.decompress(path.read_bytes()))
    return ParsedWorkbook(
        file=file,
        sha256=sha256,
        parser_version=parser_version,
        sheets=tuple(_sheet(record) for record in content["sheets"]),
        template_edition=content["template_edition"],
        external_links=content["external_links"],
    )


@lru_cache(maxsize=1 << 13)
def _cell(kind: str, text: str) -> Cell:
    """A cell; most of a form's are those of all forms: headers, titles, the labels of the lists."""
    return Cell(kind, text)


def _sheet(record: dict[str, Any]) -> ParsedSheet:
    return ParsedSheet(
        name=record["name"],
        state=record["state"],
        rows={
            row: dict(zip(columns, map(_cell, kinds, texts), strict=True))
            for row, columns, kinds, texts in record["rows"]
        },
        merged=tuple((a, b, c, d) for a, b, c, d in record["merged"]),
        hidden_rows=frozenset(record["hidden_rows"]),
        hidden_columns=frozenset(record["hidden_columns"]),
        struck=frozenset((row, column) for row, column in record["struck"]),
    )
