"""Where a table lies on a sheet: heading rows, numbering row, body, and the lines of the body (pure, by content).

Lives here: rows. Does not live here: names of columns (headings.py), their meaning (fields.py), sums (sums.py).
A line is one row, or several that cells merged downwards tie together (a total whose footnote mark stands above it).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ingestion.tables.grid import UNREADABLE, Value, filled, is_label, value_of
from ingestion.typing.text import fold
from ingestion.workbook.parsed import Cell, ParsedSheet

FEWEST_ROWS = 3
FEWEST_NUMBERS = 2
GAP = 3
"""Rows without numbers that may lie inside a body or between it and its heading."""
WIDE = 0.6
"""A merge from the first column over this share of the table's columns is a title, not a heading."""
_NUMBERING = re.compile(r"\(?[0-9]{1,2}\)?(?:\s*=[0-9a-z+\-*/x():.% ]+)?|\(?[a-z]\)?")
_UNIT = re.compile(r"\(?\s*(?:đơn vị(?: tính)?\b|đvt\b|triệu đồng\b|tỷ đồng\b|unit\b).*")
_GROUP = re.compile(r"[ivxlc]{1,7}\.?|[a-h]\.?")
_TOTAL = re.compile(r"(?:tổng số|tổng cộng|tổng chung|total|cả nước)\b.*|(?:tổng|cộng)(?:[\s:.(]*|\s+[0-9].*)")


class Kind(StrEnum):
    """What a line of the body is."""

    DATA = "data"
    GROUP = "group"
    TOTAL = "total"


@dataclass(frozen=True)
class Line:
    """One line: its first and last row (1-based), kind, running number as written, name, and the row of each value."""

    first: int
    last: int
    kind: Kind
    number: str
    name: str
    values: dict[int, Value]
    rows: dict[int, int]


@dataclass(frozen=True)
class Anatomy:
    """One table: rows are 1-based and inclusive, columns 0-based. `numbering` is the row "A B 1 2 3=1+2", if any.

    `stray` are rows beneath it that hold numbers and no name: no part of the table, but told.
    """

    head: tuple[int, int]
    numbering: int | None
    number_column: int | None
    label_column: int
    value_columns: tuple[int, ...]
    lines: tuple[Line, ...]
    stray: tuple[int, ...] = ()

    def of(self, kind: Kind) -> tuple[Line, ...]:
        """The lines of one kind, in order."""
        return tuple(line for line in self.lines if line.kind is kind)

    @property
    def columns(self) -> tuple[int, ...]:
        """All columns of the table, from left to right."""
        own = (self.label_column,) if self.number_column is None else (self.number_column, self.label_column)
        return tuple(sorted({*own, *self.value_columns}))


def anatomy_of(sheet: ParsedSheet) -> Anatomy | None:
    """The largest table of a sheet; None where no rows of names and numbers follow each other under a heading."""
    body = _body(sheet)
    if len(body) < FEWEST_ROWS:
        return None
    label = _label_column(sheet, body)
    numbers = _number_column(sheet, body, label)
    values = _value_columns(sheet, body, label, numbers)
    numbering = _numbering_row(sheet, body[0])
    head = _head(sheet, numbering or body[0], {label, *values} | ({numbers} if numbers is not None else set()))
    if head is None or not values:
        return None
    lines = _lines(sheet, body, label, numbers, values)
    stray = [r for r in sheet.rows if body[-1] < r and _numbers(sheet, r) and not _names(sheet, r)]
    return Anatomy(head, numbering, numbers, label, values, lines, tuple(sorted(stray)))


def _numbers(sheet: ParsedSheet, row: int) -> list[int]:
    return [column for column, cell in filled(sheet, row).items() if value_of(cell) is not None]


def _names(sheet: ParsedSheet, row: int) -> list[int]:
    return [column for column, cell in filled(sheet, row).items() if is_label(cell)]


def _body(sheet: ParsedSheet) -> list[int]:
    """The longest run of rows that have a name and numbers, with at most GAP other rows between two."""
    tied = {row for first, _, last, _ in sheet.merged for row in range(first, last + 1) if last > first}
    wanted = [
        row for row in sorted(sheet.rows)
        if (len(_numbers(sheet, row)) >= FEWEST_NUMBERS and _names(sheet, row))
    ]  # fmt: skip
    runs: list[list[int]] = []
    for row in wanted:
        near = bool(runs) and row - runs[-1][-1] <= GAP + 1
        if near or (runs and set(range(runs[-1][-1] + 1, row)) <= tied):
            runs[-1].append(row)
        else:
            runs.append([row])
    return max(runs, key=len, default=[])


def _label_column(sheet: ParsedSheet, body: list[int]) -> int:
    """The column that names most rows, the first of equals."""
    counts: dict[int, int] = {}
    for row in body:
        for column in _names(sheet, row):
            counts[column] = counts.get(column, 0) + 1
    return min(counts, key=lambda column: (-counts[column], column))


def _number_column(sheet: ParsedSheet, body: list[int], label: int) -> int | None:
    """The column left of the names whose cells count: 1, 2, 3 or I, II."""
    for column in range(label - 1, -1, -1):
        texts = [cells[column].text for row in body if column in (cells := filled(sheet, row))]
        counting = [text for text in texts if text.isdigit() or _GROUP.fullmatch(fold(text))]
        if len(counting) * 2 > len(body):
            return column
    return None


def _value_columns(sheet: ParsedSheet, body: list[int], label: int, numbers: int | None) -> tuple[int, ...]:
    found = {column for row in body for column in _numbers(sheet, row)}
    return tuple(sorted(column for column in found - {label, numbers} if column > label))


def _numbering_row(sheet: ParsedSheet, first: int) -> int | None:
    """The row "A B 1 2 3=1+2" close above the body."""
    for row in range(first - 1, max(first - 1 - GAP, 0), -1):
        texts = [fold(cell.text) for cell in filled(sheet, row).values() if cell.kind not in UNREADABLE]
        if len(texts) > FEWEST_NUMBERS and all(_NUMBERING.fullmatch(text) for text in texts):
            return row
    return None


def _head(sheet: ParsedSheet, below: int, columns: set[int]) -> tuple[int, int] | None:
    """First and last heading row above `below`: up to a blank row, a unit ("Đơn vị: …") or a title over all columns."""
    width = max(columns) - min(columns) + 1
    merged = {r for first, left, last, right in sheet.merged if right - left + 1 < WIDE * width
              for r in range(first + 1, last + 1) if left in columns}  # fmt: skip
    last = next((r for r in range(below - 1, max(below - 2 - GAP, 0), -1) if filled(sheet, r) or r in merged), None)
    if last is None:
        return None
    first = last + 1
    for row in range(last, 0, -1):
        cells = filled(sheet, row)
        if not cells and row not in merged:
            break
        if _is_title(sheet, row, cells, columns):
            break
        first = row
    return (first, last) if first <= last else None


def _is_title(sheet: ParsedSheet, row: int, cells: dict[int, Cell], columns: set[int]) -> bool:
    width = max(columns) - min(columns) + 1
    if cells and all(_UNIT.fullmatch(fold(cell.text)) for cell in cells.values()):
        return True
    return any(
        first <= row <= last and left in cells and left <= min(columns) and right - left + 1 >= WIDE * width
        for first, left, last, right in sheet.merged
    )


def _lines(
    sheet: ParsedSheet, body: list[int], label: int, numbers: int | None, values: tuple[int, ...]
) -> tuple[Line, ...]:
    """The body's lines; rows that cells of the number, label or value columns tie together are one line."""
    ends = {row: row for row in range(body[0], body[-1] + 1)}
    for first, left, last, _ in sheet.merged:
        if last > first and first in ends and (left in (label, numbers) or left in values):
            ends[first] = max(ends[first], last)
    found = []
    row = body[0]
    while row <= body[-1]:
        last = max(ends[r] for r in range(row, min(ends[row], body[-1]) + 1))
        line = _line(sheet, (row, last), label, numbers, values)
        if line is not None:
            found.append(line)
        row = last + 1
    return tuple(found)


def _line(
    sheet: ParsedSheet, span: tuple[int, int], label: int, numbers: int | None, values: tuple[int, ...]
) -> Line | None:
    cells: dict[int, Cell] = {}
    rows: dict[int, int] = {}
    for row in range(span[0], span[1] + 1):
        for column, cell in filled(sheet, row).items():
            if column not in cells or (value_of(cells[column]) is None and value_of(cell) is not None):
                cells[column], rows[column] = cell, row
    name = cells[label].text if label in cells else ""
    number = cells[numbers].text.strip() if numbers is not None and numbers in cells else ""
    read = {column: value for column in values if (value := value_of(cells.get(column))) is not None}
    if not (name.strip() or number) and not read:
        return None
    return Line(*span, _kind(number, name, numbers is not None), number, " ".join(name.split()), read, rows)


def _kind(number: str, name: str, counted: bool) -> Kind:
    """A total says so; a group counts in Roman numbers or letters, or not at all where data rows are counted."""
    if _TOTAL.fullmatch(fold(name)) and not number.isdigit():
        return Kind.TOTAL
    if counted and not number.isdigit():
        return Kind.GROUP
    return Kind.DATA
