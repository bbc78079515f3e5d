"""The second reader: our own streaming pass over a worksheet's XML, which trusts nothing but the cells themselves.

Runs in the jail. Lives here: content by address, error values, formulas without a value, hidden rows and columns,
the box around the content. Does not live here: dates (styles) and everything calamine is asked for (cells.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO

from ingestion.workbook import limits
from ingestion.workbook.refusal import RefusedError
from ingestion.workbook.xml_stream import stream

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass
class CountedSheet:
    """`cells` maps (1-based row, 0-based column) to (type, text): type is s text, n number, b boolean, e error,
    f formula whose result was never stored. Cells without content are not in it.
    """

    cells: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def area(self) -> int:
        """Cells in the box from A1 to the last content."""
        if not self.cells:
            return 0
        return max(row for row, _ in self.cells) * (max(column for _, column in self.cells) + 1)


def position(reference: str) -> tuple[int, int]:
    """(1-based row, 0-based column) of an A1 reference. RefusedError TEP-HONG when it is outside a worksheet."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise RefusedError("TEP-HONG", kich_thuoc="")
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    if not 1 <= row <= LAST_ROW or column > LAST_COLUMN:
        raise RefusedError("TEP-HONG", kich_thuoc="")
    return row, column - 1


def unescaped(text: str) -> str:
    """Text with OOXML's _xHHHH_ escapes resolved."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def shared_strings(source: IO[bytes]) -> list[str]:
    """The strings part as a list; runs of rich text are joined, phonetic hints left out."""
    strings: list[str] = []
    pieces: list[str] = []
    state = {"t": False, "phonetic": False}

    def start(name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            pieces.clear()
        elif name == "rPh":
            state["phonetic"] = True
        elif name == "t":
            state["t"] = not state["phonetic"]

    def end(name: str) -> None:
        if name == "si":
            strings.append(unescaped("".join(pieces)))
        elif name == "rPh":
            state["phonetic"] = False
        elif name == "t":
            state["t"] = False

    stream(source, start=start, end=end, text=lambda piece: pieces.append(piece) if state["t"] else None)
    return strings


def count(source: IO[bytes], strings: list[str]) -> CountedSheet:
    """Read one worksheet part. RefusedError when it is not well-formed or holds more than an honest form can."""
    reader = _SheetReader(strings)
    stream(source, start=reader.start, end=reader.end, text=reader.text)
    return reader.sheet


class _SheetReader:
    """Expat's callbacks; one instance reads one worksheet."""

    def __init__(self, strings: list[str]) -> None:
        self.sheet = CountedSheet()
        self._strings = strings
        self._row = 0
        self._column = -1
        self._type = ""
        self._has_formula = False
        self._has_value = False
        self._phonetic = False
        self._keeping = False
        self._pieces: list[str] = []
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "c": self._start_cell,
            "row": self._start_row,
            "col": self._start_column,
            "mergeCell": self._start_merge,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        handler = self._starts.get(name)
        if handler is not None:
            handler(attributes)
        elif name == "v" or (name == "t" and not self._phonetic):
            self._keeping = self._has_value = True
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        if name == "c":
            if self._has_value or self._has_formula:
                self._keep_cell()
        elif name in ("v", "t"):
            self._keeping = False
        elif name == "rPh":
            self._phonetic = False

    def text(self, piece: str) -> None:
        if self._keeping:
            self._pieces.append(piece)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = _whole(attributes["r"]) if "r" in attributes else self._row + 1
        self._column = -1
        if attributes.get("hidden") in ("1", "true"):
            self.sheet.hidden_rows.add(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            self._row, self._column = position(reference)
        self._type = attributes.get("t", "n")
        self._has_formula = self._has_value = False
        self._pieces.clear()

    def _start_column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in ("1", "true"):
            first, last = _whole(attributes.get("min", "1")), _whole(attributes.get("max", "1"))
            self.sheet.hidden_columns.update(range(first - 1, min(last, LAST_COLUMN)))

    def _start_merge(self, attributes: dict[str, str]) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        (top, left), (bottom, right) = position(first), position(last or first)
        self.sheet.merged.append((top, left, bottom, right))

    def _keep_cell(self) -> None:
        text = "".join(self._pieces)
        kind = {"b": "b", "e": "e", "n": "n", "d": "d"}.get(self._type, "s")
        if not self._has_value or (text == "" and self._type != "str" and self._has_formula):
            kind, text = "f", ""
        elif self._type == "s":
            text = self._shared(text)
        elif kind == "s":
            text = unescaped(text)
        if text or kind == "f":
            self.sheet.cells[self._row, self._column] = (kind, text)
            if len(self.sheet.cells) > limits.CONTENT_CELLS:
                raise RefusedError("TEP-QUA_LON", so=f"hơn {limits.CONTENT_CELLS} ô", han=f"{limits.CONTENT_CELLS} ô")

    def _shared(self, index: str) -> str:
        number = _whole(index.strip())
        if number >= len(self._strings):
            raise RefusedError("TEP-HONG", kich_thuoc="")
        return self._strings[number]


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise RefusedError("TEP-HONG", kich_thuoc="")
    return int(text)
