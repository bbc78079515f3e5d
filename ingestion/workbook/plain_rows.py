"""Rows of a worksheet part as programs write them, read by patterns: a fraction of what an event an element costs (V5).

Runs in the jail. Lives here: what is plain, and going through it. Does not live here: what a cell says
(cell_content.py); whatever else there is, row_count.py reads event by event: one thing that is not plain or not right,
and it reads the whole part as if this file were not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingestion.workbook import limits
from ingestion.workbook.cell_content import ROW_SAYS, TRUE, content_of, is_known
from ingestion.workbook.counted import LAST_COLUMN, LAST_ROW, CountedSheet
from ingestion.workbook.parsed import column_number
from ingestion.workbook.plain_text import TEXT, VALUE, characters, plain_text
from ingestion.workbook.references import damaged
from ingestion.workbook.refusal import RefusedError
from ingestion.workbook.styles import Looks

MOST_BYTES = 16 * 1024 * 1024
"""Of a longer part no copies are made: it is streamed."""
_HEAD = re.compile(r"\ufeff?(?:<\?xml[^<>]*\?>\s*)?<worksheet[\s>]")
_START, _END = "<sheetData>", "</sheetData>"
_CONTENT = re.compile(r"<(?:row|c|f|v|is|t|rPh)[\s/>]")
_VALIDATION = re.compile(
    rf'<dataValidation(?: [A-Za-z0-9:]+="{VALUE}")*+(?:/>|>(?:<formula([12])>{TEXT}</formula\1>)*+</dataValidation>)'
)
"""What may be typed into a cell says nothing about what was; half of a form's markup."""
_BLANK = re.compile(r'<c r="[A-Z]{1,3}[1-9][0-9]{0,6}"(?: s="([0-9]{1,6})")?/>')
_TOKEN = re.compile(
    r'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,6})")?(?: t="(s|n|b|e|str)")?>'
    rf"(<f>{TEXT}</f>)?(?:<v>({TEXT})</v>|(<v ?/>))?</c>"
    r'|<row r="([1-9][0-9]{0,6})"((?: [A-Za-z0-9]+(?::[A-Za-z0-9]+)?="[^"<&]*")*)(/?)>'
    r"|(</row>)"
)
_GROUPS = _TOKEN.groups
_ATTRIBUTE = re.compile(r' ([A-Za-z0-9:]+)="([^"]*)"')


def read_plain(part: bytes, strings: Mapping[str, str], looks: Looks[str]) -> tuple[CountedSheet, bytes] | None:
    """What the rows of a part say, and the part without them, when all of them are plain and right; None otherwise."""
    text = plain_text(part)
    if text is None or not _HEAD.match(text):
        return None
    start, end = text.find(_START), text.rfind(_END)
    shell = text[:start] + text[end + len(_END) :]
    if start < 0 or end < start or _CONTENT.search(shell):
        return None
    try:
        return _rows(text[start + len(_START) : end], strings, looks), _VALIDATION.sub("", shell).encode()
    except RefusedError:
        return None


def _rows(body: str, strings: Mapping[str, str], looks: Looks[str]) -> CountedSheet:
    pieces = _BLANK.split(body)
    tokens = _TOKEN.split("".join(pieces[::2]))
    styles = {*pieces[1::2], *tokens[3 :: _GROUPS + 1], "0"} - {None}
    if any(tokens[:: _GROUPS + 1]) or (looks.known is not None and not styles <= looks.known):
        raise damaged()
    reader = _PlainReader(strings, looks)
    reader.read(tokens)
    return reader.sheet


class _PlainReader:
    """Goes through tokens: a row opens, its cells rise to the right, it closes. RefusedError where one does not fit."""

    def __init__(self, strings: Mapping[str, str], looks: Looks[str]) -> None:
        self.sheet = CountedSheet()
        self._strings, self._looks = strings, looks
        self._columns: dict[str, int] = {}
        self._judged: dict[str, bool] = {}

    def read(self, tokens: Sequence[str | None]) -> None:
        """All tokens, `_GROUPS` groups each with what is between them."""
        cells, struck, columns = self.sheet.cells, self._looks.struck, self._columns
        digits, row, kept = None, 0, (0, -1)
        groups = (tokens[group :: _GROUPS + 1] for group in range(1, _GROUPS))
        for letters, own, style, kind, formula, value, empty, opened, says, closed in zip(*groups, strict=True):
            if letters is not None:
                text = "" if empty else value and characters(value)
                said = content_of(kind or "n", style or "0", text, formula is not None, self._strings, self._looks)
                if own != digits:
                    raise damaged()
                if said is not None:
                    place = (row, columns[letters] if letters in columns else self._column(letters))
                    if place <= kept:
                        raise damaged()
                    cells[place], kept = said, place
                    if style in struck:
                        self.sheet.struck.add(place)
            elif (opened is None) == (digits is None):
                raise damaged()
            elif opened is None:
                digits = None
            else:
                row = self._open(opened, says or "")
                digits = None if closed else opened
        if digits is not None or len(cells) > limits.CONTENT_CELLS:
            raise damaged()

    def _column(self, letters: str) -> int:
        column = self._columns[letters] = column_number(letters)
        if column >= LAST_COLUMN:
            raise damaged()
        return column

    def _open(self, digits: str, says: str) -> int:
        """A row begins; its 1-based number."""
        row = int(digits)
        if says not in self._judged:
            self._judged[says] = _is_hidden(says)
        if self._judged[says]:
            self.sheet.hidden_rows.add(row)
        if row > LAST_ROW:
            raise damaged()
        return row


def _is_hidden(says: str) -> bool:
    attributes = _ATTRIBUTE.findall(says)
    named = dict(attributes)
    if len(named) < len(attributes) or "r" in named or not is_known(named, ROW_SAYS):
        raise damaged()
    return named.get("hidden") in TRUE
