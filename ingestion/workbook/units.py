"""The unit that a sheet says its figures are in, beside the one that the form asks for (D063, D203, D210).

Lives here: units in the brackets of a header and in a line "Đơn vị tính: …" above the table. Does not live here:
amounts too large to be true (row rules UNIT-SUSPECT), sentences (said.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from expectations.contracts.model import Contract
from ingestion.typing.text import fold
from ingestion.workbook.layout import Header
from ingestion.workbook.parsed import ParsedSheet

_SAME = {
    "đồng": ("đồng", "đ", "vnđ", "vnd", "đồng việt nam"),
    "nghìn đồng": ("nghìn đồng", "ngàn đồng", "nghìn", "ngàn", "1000 đồng", "1.000 đồng", "1.000đ", "1000đ", "nghìn đ"),
    "triệu đồng": ("triệu đồng", "triệu", "trđ", "tr.đ", "tr đồng", "trđồng", "triệu đ"),
    "tỷ đồng": ("tỷ đồng", "tỉ đồng", "tỷ", "tỉ"),
    "người": ("người",),
    "lượt": ("lượt", "lượt người"),
}
_UNITS = {fold(word): unit for unit, words in _SAME.items() for word in words}
_MONEY = {"đồng", "nghìn đồng", "triệu đồng", "tỷ đồng"}
_IN_BRACKETS = re.compile(r"\((?:đơn vị(?: tính)?|đvt)?[ :]*([^()]*)\)")
_ABOVE = re.compile(r"(?:đơn vị(?: tính)?|đvt) ?: ?([^.]*(?:\.[^ ][^.]*)*)")


class OtherUnit(NamedTuple):
    """A field, the cell that says its unit (1-based row, 0-based column), the unit said and the form's."""

    field: str
    row: int
    column: int
    said: str
    asked: str


def other_units(sheet: ParsedSheet, contract: Contract, header: Header) -> Iterator[OtherUnit]:
    """The fields whose figures a sheet says are in another unit; the line above speaks of amounts of money only."""
    above = _said_above(sheet, header.row)
    for name, column in sorted(header.columns.items(), key=lambda item: item[1]):
        asked = contract.field(name).unit
        if asked not in _SAME:
            continue
        own = next((unit for unit in map(_unit, _IN_BRACKETS.findall(fold(header.texts[column]))) if unit), None)
        if own is not None:
            if own != asked:
                yield OtherUnit(name, header.row, column, own, asked)
        elif above is not None and asked in _MONEY and above[2] != asked:
            yield OtherUnit(name, above[0], above[1], above[2], asked)


def _said_above(sheet: ParsedSheet, header_row: int) -> tuple[int, int, str] | None:
    """(row, column, unit) of the line nearest above the headers that says a unit of money."""
    for row in sorted((row for row in sheet.rows if row < header_row), reverse=True):
        for column, cell in sheet.rows[row].items():
            found = _ABOVE.search(fold(cell.text))
            for word in re.split(r"[,;/]", found[1]) if found else ():
                if (unit := _unit(word)) in _MONEY:
                    return row, column, str(unit)
    return None


def _unit(words: str) -> str | None:
    return _UNITS.get(words.strip(" .:"))
