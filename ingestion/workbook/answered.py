"""What the officer wrote into the column "Giải trình" of the sheet that our last answer added.

Lives here: reading that sheet when the workbook comes back, and whether an answer says enough. Does not live here: the
ledger and the year (explanations.py), the sheet itself (annotation).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from expectations.findings import Finding
from ingestion.typing.text import clean, fold
from ingestion.workbook.parsed import Cell, ParsedSheet, ParsedWorkbook, address
from ingestion.workbook.sheets import RESULT_SHEET, sheet_key

RULE, SHEET, PLACE, ANSWER = "Mã quy tắc", "Trang", "Ô", "Giải trình"
_ROW_WORD = "dòng "
_IDENTITY = re.compile(r"(?<![0-9])[0-9]{9,12}(?![0-9])")
ENOUGH_WORDS, ENOUGH_LETTERS = 3, 12
"""Less than that ("đúng", "ok", "đã kiểm tra") names no reason; what a good answer names is said on the sheet."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer: to which rule, at which sheet and cell (or row), where it is written, the words without persons."""

    rule: str
    sheet: str | None
    cell: str | None
    text: str
    written_at: str

    @property
    def is_clear(self) -> bool:
        """Whether it names a reason at all."""
        return len(self.text.split()) >= ENOUGH_WORDS and len(self.text) >= ENOUGH_LETTERS


def answers_in(workbook: ParsedWorkbook, names: Iterable[str]) -> tuple[Answer, ...]:
    """The answers in a returned workbook; ``names`` of persons and identity numbers are taken out of the words."""
    sheet = next((one for one in workbook.sheets if sheet_key(one.name) == sheet_key(RESULT_SHEET)), None)
    if sheet is None:
        return ()
    known = sorted({name for name in names if name}, key=len, reverse=True)
    return tuple(_read(sheet, known))


def answered_by(answers: Iterable[Answer], found: Finding) -> str | None:
    """The words of the answer to a finding, if there is one."""
    for answer in answers:
        at = answer.cell is None or answer.cell in (found.cell, str(found.row))
        if answer.rule == found.rule and at and answer.sheet in (None, found.sheet):
            return answer.text
    return None


def _read(sheet: ParsedSheet, names: list[str]) -> Iterator[Answer]:
    top, columns = _header(sheet)
    for row in sorted(sheet.rows):
        cells = sheet.rows[row]
        rule = _text(cells, columns.get(RULE))
        words = _text(cells, columns.get(ANSWER))
        if row <= top or not rule or not words:
            continue
        place = _text(cells, columns.get(PLACE)).removeprefix(_ROW_WORD)
        yield Answer(
            rule=rule,
            sheet=_text(cells, columns.get(SHEET)) or None,
            cell=place or None,
            text=_impersonal(words, names),
            written_at=address(row, columns[ANSWER]),
        )


def _header(sheet: ParsedSheet) -> tuple[int, dict[str, int]]:
    wanted = {fold(name): name for name in (RULE, SHEET, PLACE, ANSWER)}
    for row in sorted(sheet.rows):
        found = {wanted[fold(c.text)]: column for column, c in sheet.rows[row].items() if fold(c.text) in wanted}
        if RULE in found and ANSWER in found:
            return row, found
    return 0, {}


def _text(cells: dict[int, Cell], column: int | None) -> str:
    return clean(cells[column].text)[0] if column in cells else ""  # type: ignore[index]


def _impersonal(words: str, names: list[str]) -> str:
    for name in names:
        words = re.sub(re.escape(name), "…", words, flags=re.IGNORECASE)
    return _IDENTITY.sub("…", words)
