"""What a second reader found: content by address, before calamine is asked. One shape for all formats.

Lives here: the values and the limits on content. Does not live here: the readers (row_count.py for xlsx, xls.py,
xlsb.py, ods.py) or the comparison with calamine (cells.py).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from ingestion.workbook import limits
from ingestion.workbook.parsed import address
from ingestion.workbook.refusal import RefusedError

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
PERCENT_FORMATS = (9, 10)
_LITERAL = re.compile(r'"[^"]*"|\\.')


@dataclass
class CountedSheet:
    """`cells` maps (1-based row, 0-based column) to (type, text): type is s text, n number, p number shown in
    percent, b boolean, e error, d date in ISO, f formula whose result was never stored. Blank cells are not in it.
    `struck` are the cells with content whose font is struck through.
    """

    cells: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    struck: set[tuple[int, int]] = field(default_factory=set)

    @property
    def area(self) -> int:
        """Cells in the box from A1 to the last content."""
        if not self.cells:
            return 0
        return max(row for row, _ in self.cells) * (max(column for _, column in self.cells) + 1)

    def keep(self, row: int, column: int, kind: str, text: str) -> None:
        """Keep a cell with content. RefusedError when it is outside a sheet or one too many."""
        if not (1 <= row <= LAST_ROW and 0 <= column < LAST_COLUMN):
            raise RefusedError("TEP-HONG", kich_thuoc="")
        self.cells[row, column] = (kind, text)
        if len(self.cells) > limits.CONTENT_CELLS:
            raise RefusedError("TEP-QUA_LON", so=f"hơn {limits.CONTENT_CELLS} ô", han=f"{limits.CONTENT_CELLS} ô")


@dataclass(frozen=True)
class NamedSheet:
    """A worksheet's name as written, its state (visible, hidden, veryHidden) and what was counted on it."""

    name: str
    state: str
    counted: CountedSheet


@dataclass(frozen=True)
class CountedBook:
    """The worksheets in order, the template's edition and whether the file links to others."""

    sheets: tuple[NamedSheet, ...]
    template_edition: str | None = None
    external_links: bool = False


def number_cell(value: float, *, is_percent: bool = False) -> tuple[str, str]:
    """(type, text) of a stored number; what is no number of Excel's (NaN, infinity) is an error."""
    return ("p" if is_percent else "n", repr(value)) if math.isfinite(value) else ("e", "#NUM!")


def shows_percent(number_format: str) -> bool:
    """Whether a number format prints a percentage; a % in quotes or behind a backslash is only a character."""
    return "%" in _LITERAL.sub("", number_format)


def refuse_overfull(name: str, sheet: CountedSheet) -> None:
    """RefusedError when a cell stands far away (F14: calamine lays the box out densely) or rows were cut off (F09)."""
    if sheet.area > limits.AREA_CELLS:
        raise RefusedError("TEP-O_XA", trang=name, o=address(*max(sheet.cells)))
    last_row = max((row for row, _ in sheet.cells), default=0)
    if last_row in limits.FULL_ROWS:
        raise RefusedError("TEP-DAY", trang=name, so_dong=str(last_row))
