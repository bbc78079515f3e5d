"""A sheet as a grid of texts and numbers: what a cell holds, and the title texts above a table.

Lives here: reading one cell (numbers as text with their footnote mark). Does not live here: what a row or column is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ingestion.typing.numbers import read_decimal
from ingestion.typing.text import clean, fold
from ingestion.workbook.parsed import Cell, ParsedSheet

_MARK = re.compile(r"^\(?[0-9*]{1,2}\)\s*(?=\S)|(?<=\S)\s*\([0-9*]{1,2}\)$")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
UNREADABLE = "ef"
"""Kinds of cells that should hold a number and do not: an error value, a formula that was never computed."""


@dataclass(frozen=True)
class Value:
    """A number of the table: exact, with the text it was read from; `as_text` where the cell held text.

    `number` is None in a cell that ought to hold one (`#REF!`).
    """

    number: Decimal | None
    text: str
    as_text: bool = False


def filled(sheet: ParsedSheet, row: int) -> dict[int, Cell]:
    """The cells of a row that say something, hidden columns left out."""
    cells = sheet.rows.get(row, {})
    return {c: one for c, one in cells.items() if c not in sheet.hidden_columns and (one.kind == "f" or fold(one.text))}


def value_of(cell: Cell | None) -> Value | None:
    """The number in a cell, None where there is none. "(1) 419.278.223" is 419278223: the mark leads to a footnote."""
    if cell is None:
        return None
    if cell.kind in UNREADABLE:
        return Value(None, cell.text)
    if cell.kind in "np":
        return Value(Decimal(cell.text), cell.text)
    if cell.kind != "s":
        return None
    bare = _MARK.sub("", clean(cell.text)[0])
    typed = read_decimal(bare, from_number_cell=False) if any(c.isdigit() for c in bare) else None
    if typed is None or typed.value is None:
        return None
    return Value(Decimal(str(typed.value)), clean(cell.text)[0], as_text=True)


def is_label(cell: Cell | None) -> bool:
    """Whether a cell names something: text with a word of two letters in it."""
    return cell is not None and cell.kind == "s" and bool(_LETTERS.search(cell.text))
