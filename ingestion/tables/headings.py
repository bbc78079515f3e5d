"""What stands over each column: the texts of a heading of several rows, from the widest to the column's own.

Lives here: merged and unmerged groups, words broken over rows. Does not live here: which field a heading means.
"""

from __future__ import annotations

from dataclasses import dataclass

from ingestion.tables.anatomy import Anatomy
from ingestion.tables.grid import filled, is_label
from ingestion.typing.text import clean
from ingestion.workbook.parsed import ParsedSheet


@dataclass
class _Text:
    """One text of the heading: rows and columns it stands over (inclusive); `fixed` where a merge says so."""

    text: str
    top: int
    left: int
    bottom: int
    right: int
    fixed: bool

    def covers(self, column: int) -> bool:
        return self.left <= column <= self.right


def headings_of(sheet: ParsedSheet, table: Anatomy) -> dict[int, tuple[str, ...]]:
    """Column -> its levels, the topmost first: ("Bổ sung từ NSTW", "Bổ sung có mục tiêu", "Tổng số").

    A text that no merge holds stands over the columns to its right that have nothing of their own beside or above it
    and something beneath. Texts over one column only are one level: officers break words over rows.
    """
    texts = _texts(sheet, table)
    for one in texts:
        if not one.fixed:
            _widen(one, texts, table)
    return {column: _levels([one for one in texts if one.covers(column)]) for column in table.columns}


def _texts(sheet: ParsedSheet, table: Anatomy) -> list[_Text]:
    ends = {(first, left): (last, right) for first, left, last, right in sheet.merged}
    found = []
    for row in range(table.head[0], table.head[1] + 1):
        for column, cell in sorted(filled(sheet, row).items()):
            last, right = ends.get((row, column), (row, column))
            words = clean(cell.text)[0]
            if cell.kind == "s" and words and (is_label(cell) or any(letter.isalpha() for letter in words)):
                found.append(_Text(words, row, column, last, right, (row, column) in ends))
    return found


def _widen(one: _Text, texts: list[_Text], table: Anatomy) -> None:
    own = [other for other in texts if other.top <= one.top and other.covers(one.left)]
    if not _has_beneath(one, one.left, texts):
        return
    for column in table.columns:
        if column <= one.right:
            continue
        above = [other for other in texts if other.top <= one.top and other.covers(column)]
        if not all(any(other is known for known in own) for other in above) or not _has_beneath(one, column, texts):
            return
        one.right = column


def _has_beneath(one: _Text, column: int, texts: list[_Text]) -> bool:
    return any(other.top > one.top and other.left == column for other in texts)


def _levels(texts: list[_Text]) -> tuple[str, ...]:
    levels: list[str] = []
    narrow_before = False
    for one in sorted(texts, key=lambda text: (text.top, text.left)):
        narrow = one.left == one.right
        if narrow and narrow_before:
            levels[-1] = f"{levels[-1]} {one.text}"
        else:
            levels.append(one.text)
        narrow_before = narrow
    return tuple(levels)
