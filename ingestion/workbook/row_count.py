"""The second reader: our own streaming pass over a worksheet's XML, which trusts nothing but the cells themselves.

Runs in the jail. Lives here: content by address, error values, formulas without a value, hidden rows and columns,
the box around the content. Does not live here: what styles mean (styles.py), what calamine is asked for (cells.py).
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Collection, Mapping
from typing import IO

from ingestion.workbook.blank_cells import ContentOnly
from ingestion.workbook.cell_content import CELL_SAYS, KINDS, ROW_SAYS, TRUE, content_of, is_known
from ingestion.workbook.counted import LAST_COLUMN, CountedSheet
from ingestion.workbook.parsed import address
from ingestion.workbook.plain_rows import MOST_BYTES, read_plain
from ingestion.workbook.references import Addresses, damaged, position, whole
from ingestion.workbook.refusal import RefusedError
from ingestion.workbook.styles import Looks
from ingestion.workbook.xml_stream import Source, feed, guarded_parser, local_name


def count(source: IO[bytes], strings: Mapping[str, str], looks: Looks[str] = Looks()) -> CountedSheet:
    """Read one worksheet part. RefusedError when it is not well-formed, is not in order, or holds more than an honest
    form can; its facts say which cell was the last (`o`).
    """
    part = _beginning(source)
    plain = read_plain(part, strings, looks) if len(part) <= MOST_BYTES else None
    if plain is not None:
        sheet, shell = plain
        with contextlib.suppress(RefusedError):  # event by event it is refused too, and with the last cell's address
            feed(_SheetReader(strings, looks, sheet).parser, io.BytesIO(shell))
            return sheet
    return count_events(_Again(part, source), strings, looks)


def count_events(source: Source, strings: Mapping[str, str], looks: Looks[str]) -> CountedSheet:
    """The same, event by event, whatever the part holds."""
    reader = _SheetReader(strings, looks, CountedSheet())
    content = ContentOnly(source)
    try:
        feed(reader.parser, content)
        reader.keep_cell()
        reader.judge_blanks(content.styles)
    except RefusedError as refused:
        refused.refusal.facts.setdefault("o", reader.last_cell)
        raise
    return reader.sheet


def _beginning(source: IO[bytes]) -> bytes:
    """The whole part, or more than MOST_BYTES of it."""
    pieces, size = [], 0
    while size <= MOST_BYTES and (piece := source.read(MOST_BYTES + 1 - size)):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


class _Again:
    """A stream whose beginning was read before."""

    def __init__(self, beginning: bytes, rest: IO[bytes]) -> None:
        self._beginning, self._rest = io.BytesIO(beginning), rest

    def read(self, size: int, /) -> bytes:
        """The next at most `size` bytes."""
        return self._beginning.read(size) or self._rest.read(size)


class _SheetReader:
    """Expat's callbacks for one worksheet.

    What no program writes is damage, though a lenient reader makes something of it: cells with content in another
    order than their addresses, in another row than their own, twice, with an address lost (references.py); attributes
    and types that the format does not know; a style or string that is not there (faults.md F02).

    Ends and texts are listened to only inside a value: 400 000 formatted empty rows (F15) are then one cheap callback
    an element, 1.5 s instead of 5. A cell is kept when the next one begins.
    """

    def __init__(self, strings: Mapping[str, str], looks: Looks[str], sheet: CountedSheet) -> None:
        self.sheet = sheet
        self.parser = guarded_parser()
        self.parser.StartElementHandler = self._start
        self._strings = strings
        self._looks = looks
        self._style = "0"
        self._row_says: int | None = None
        self._cells, self._rows = Addresses(), Addresses()
        self._said: set[tuple[str, ...]] = set()
        self._kept = (0, -1)
        self._reference: str | None = None
        self._place = (0, -1)
        self._type = "n"
        self._has_formula = self._has_value = self._in_phonetic = False
        self._pieces: list[str] = []
        self._own_prefix: str | None = None
        self._handler_of: dict[str, Callable[[dict[str, str]], None] | None] = {}
        self._handlers: dict[str, Callable[[dict[str, str]], None]] = {
            "c": self._start_cell,
            "v": self._start_value,
            "is": self._start_inline,
            "t": self._start_text,
            "f": self._start_formula,
            "rPh": self._start_phonetic,
            "row": self._start_row,
            "col": self._start_column,
            "mergeCell": self._start_merge,
        }

    @property
    def last_cell(self) -> str:
        """The address of the cell that was read last, "" before the first."""
        return address(*self._kept) if self._kept[0] else ""

    def judge_blanks(self, styles: Collection[bytes | None]) -> None:
        """What cells without content must keep to as well: styles that exist, addresses where others have them."""
        known = self._looks.known
        strange = known is not None and any(style is not None and style.decode() not in known for style in styles)
        if strange or (styles and self._cells.left_out):
            raise damaged()
        self._cells.judge(is_all=True)
        self._rows.judge(is_all=True)

    def keep_cell(self) -> None:
        """Keep the cell that was being read, if it has content."""
        if not (self._has_value or self._has_formula):
            return
        text = "".join(self._pieces) if self._has_value else None
        said = content_of(self._type, self._style, text, self._has_formula, self._strings, self._looks)
        if said is not None:
            place = self._position()
            if place <= self._kept or (self._row_says is not None and place[0] != self._row_says):
                raise damaged()
            if self._reference is not None and place == (self._kept[0], self._kept[1] + 1):
                self._cells.repeated = True
                self._cells.judge()
            self._kept = place
            self.sheet.keep(*place, *said)
            if self._style in self._looks.struck:
                self.sheet.struck.add(place)
        self._has_value = self._has_formula = False
        self._pieces.clear()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        try:
            handle = self._handler_of[name]
        except KeyError:
            handle = self._handler_of[name] = self._handler(name)
        if handle is not None:
            handle(attributes)

    def _handler(self, name: str) -> Callable[[dict[str, str]], None] | None:
        """Only elements of the worksheet's own vocabulary: Excel moves lists on another sheet into an extension, and
        what stands there as `xm:f` is no formula of a cell.
        """
        prefix, _, local = name.rpartition(":")
        if self._own_prefix is None:
            self._own_prefix = prefix
        return self._handlers.get(local) if prefix == self._own_prefix else None

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if self._has_value or self._has_formula:
            self.keep_cell()
        self._says("c", attributes, CELL_SAYS)
        reference = attributes.get("r")
        if reference is None:
            self._cells.left_out += 1
            row, column = self._position()
            self._place = (row, column + 1)
        self._reference = reference
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        known = self._looks.known
        if self._type not in KINDS or (known is not None and self._style not in known):
            raise damaged()

    def _says(self, element: str, attributes: dict[str, str], known: frozenset[str]) -> None:
        """Only what the format knows, or what another namespace adds.

        One element is written like another: the same names in the same order are judged once.
        """
        said = (element, *attributes)
        if said in self._said:
            return
        if not is_known(attributes, known):
            raise damaged()
        if "r" in attributes:
            addresses = self._cells if element == "c" else self._rows
            addresses.said = True
        self._said.add(said)

    def _position(self) -> tuple[int, int]:
        return position(self._reference) if self._reference is not None else self._place

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.keep_cell()
        self._says("row", attributes, ROW_SAYS)
        last = self._position()[0]
        row = whole(attributes["r"]) if "r" in attributes else last + 1
        self._rows.left_out += "r" not in attributes
        self._rows.repeated |= "r" in attributes and 0 < last == row - 1
        self._rows.judge()
        self._row_says = row if "r" in attributes else None
        self._reference, self._place = None, (row, -1)
        if attributes.get("hidden") in TRUE:
            self.sheet.hidden_rows.add(row)

    def _start_value(self, _attributes: dict[str, str]) -> None:
        self._has_value = True
        self.parser.CharacterDataHandler = self._pieces.append
        self.parser.EndElementHandler = self._end_value

    def _start_inline(self, _attributes: dict[str, str]) -> None:
        self._pieces.clear()

    def _start_text(self, attributes: dict[str, str]) -> None:
        if not self._in_phonetic:
            self._start_value(attributes)

    def _end_value(self, _name: str) -> None:
        self.parser.CharacterDataHandler = self.parser.EndElementHandler = None

    def _start_formula(self, _attributes: dict[str, str]) -> None:
        self._has_formula = True

    def _start_phonetic(self, _attributes: dict[str, str]) -> None:
        self._in_phonetic = True
        self.parser.EndElementHandler = self._end_phonetic

    def _end_phonetic(self, name: str) -> None:
        if local_name(name) == "rPh":
            self._in_phonetic = False
            self.parser.EndElementHandler = None

    def _start_column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in TRUE:
            first, last = whole(attributes.get("min", "1")), whole(attributes.get("max", "1"))
            self.sheet.hidden_columns.update(range(first - 1, min(last, LAST_COLUMN)))

    def _start_merge(self, attributes: dict[str, str]) -> None:
        self.keep_cell()
        first, _, last = attributes.get("ref", "").partition(":")
        (top, left), (bottom, right) = position(first), position(last or first)
        self.sheet.merged.append((top, left, bottom, right))
