"""How OOXML names a cell and writes a whole number; what is written otherwise is damage.

Runs in the jail. Lives here: A1 references to numbers, and whether a sheet says them. Does not live here: numbers to
references (parsed.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingestion.workbook.counted import LAST_COLUMN, LAST_ROW
from ingestion.workbook.refusal import RefusedError

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_DIGITS = "0123456789"
_COLUMNS: dict[str, int] = {}
_A_HABIT = 2


@dataclass
class Addresses:
    """Whether the cells (or the rows) of a sheet say where they stand: all, none, or only those behind a gap.

    The last is how SpreadsheetGear writes: where nothing is left out, it leaves the address out. Of a sheet that
    elsewhere repeats what the place says already, a cell without an address has lost it; so has a single one.
    """

    said: bool = False
    repeated: bool = False
    left_out: int = 0

    def judge(self, *, is_all: bool = False) -> None:
        """RefusedError TEP-HONG when addresses were lost, as far as was read (or of the whole sheet, `is_all`)."""
        if self.left_out and self.said and (self.repeated or (is_all and self.left_out < _A_HABIT)):
            raise damaged()


def position(reference: str) -> tuple[int, int]:
    """(1-based row, 0-based column) of an A1 reference. RefusedError TEP-HONG when it is outside a worksheet.

    Letters that were read before are remembered: there is one reference a cell, and few columns.
    """
    letters = reference.rstrip(_DIGITS)
    known = _COLUMNS.get(letters)
    digits = reference[len(letters) :]
    if known is not None and 0 < len(digits) < 7 and digits[0] != "0":
        return int(digits), known
    row, column = _position(reference)
    if len(_COLUMNS) < LAST_COLUMN:
        _COLUMNS[letters] = column
    return row, column


def _position(reference: str) -> tuple[int, int]:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise damaged()
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    if not 1 <= row <= LAST_ROW or column > LAST_COLUMN:
        raise damaged()
    return row, column - 1


def damaged() -> RefusedError:
    """What to raise where a part says what no program writes."""
    return RefusedError("TEP-HONG", kich_thuoc="")


def whole(text: str) -> int:
    """A count or an index as the format writes it: digits only. RefusedError TEP-HONG when it is not."""
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise damaged()
    return int(text)
