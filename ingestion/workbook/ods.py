"""The second reader of .ods: our own streaming pass over content.xml, and what its manifest says.

Runs in the jail. Lives here: cells by address with repetitions unrolled, errors, formulas without a result, merges,
hidden rows, columns and sheets, the template's edition. Does not live here: what styles mean (ods_styles.py), the
comparison with calamine (cells.py).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ingestion.workbook.counted import LAST_COLUMN, LAST_ROW, CountedBook, CountedSheet, NamedSheet, refuse_overfull
from ingestion.workbook.ods_styles import Styles
from ingestion.workbook.package import EDITION_PROPERTY, opened, part_of
from ingestion.workbook.refusal import RefusedError
from ingestion.workbook.xml_stream import elements, feed, guarded_parser, local_name

_CHART = "application/vnd.oasis.opendocument.chart"
_DOCUMENT = "application/vnd.oasis.opendocument."
_NUMBERS = {"float": "n", "percentage": "p", "currency": "n"}
_OUTSIDE = re.compile(r"'?(file|https?|ftp|smb):/", re.IGNORECASE)
_HIDDEN = ("collapse", "filter")


def read_ods(path: Path) -> CountedBook:
    """Count an .ods that passed preflight. RefusedError when it cannot be trusted."""
    with opened(path) as package:
        names = set(package.namelist())
        if "META-INF/manifest.xml" in names:
            with part_of(package, "META-INF/manifest.xml") as stream:
                _refuse_foreign(elements(stream))
        styles = Styles()
        if "styles.xml" in names:
            with part_of(package, "styles.xml") as stream:
                feed(_styles_parser(styles), stream)
        reader = _Content(styles)
        with part_of(package, "content.xml") as stream:
            feed(reader.parser, stream)
        if not reader.sheets:
            raise RefusedError("TEP-HONG", kich_thuoc="")
        return CountedBook(tuple(reader.sheets), _edition(package, names), reader.links)


def _refuse_foreign(manifest: list[tuple[str, dict[str, str], str]]) -> None:
    """Passwords, macros and embedded documents; a chart is a document of its own here, and harmless."""
    for name, attributes, _ in manifest:
        if name == "encryption-data":
            raise RefusedError("TEP-MAT_KHAU")
        if name != "file-entry":
            continue
        place = _attribute(attributes, "full-path")
        kind = _attribute(attributes, "media-type")
        if place.startswith(("Basic/", "Scripts/")):
            raise RefusedError("TEP-MACRO")
        is_foreign = kind.startswith(_DOCUMENT) or kind.startswith("application/vnd.sun.star.oleobject")
        if place not in ("", "/") and place.endswith("/") and is_foreign and kind != _CHART:
            raise RefusedError("TEP-DOI_TUONG_NHUNG")


def _edition(package: zipfile.ZipFile, names: set[str]) -> str | None:
    if "meta.xml" not in names:
        return None
    with part_of(package, "meta.xml") as stream:
        for name, attributes, text in elements(stream):
            if name == "user-defined" and _attribute(attributes, "name") == EDITION_PROPERTY:
                return text.strip() or None
    return None


def _styles_parser(styles: Styles) -> Any:
    """A parser of styles.xml that tells `styles` of each style."""

    def start(name: str, attributes: dict[str, str]) -> None:
        handler = styles.starts.get(local_name(name))
        if handler is not None:
            handler(_local(attributes))

    def end(name: str) -> None:
        handler = styles.ends.get(local_name(name))
        if handler is not None:
            handler()

    parser = guarded_parser()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    return parser


def _attribute(attributes: dict[str, str], name: str) -> str:
    return next((value for key, value in attributes.items() if local_name(key) == name), "")


class _Content:
    """Expat's callbacks for content.xml: one `sheets` entry for each table, in order."""

    def __init__(self, styles: Styles) -> None:
        self.sheets: list[NamedSheet] = []
        self._styles = styles
        self.links = False
        self.parser = guarded_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._counted: CountedSheet | None = None
        self._name, self._state = "", "visible"
        self._row, self._rows_here = 0, 1
        self._column, self._columns_here = 0, 1
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[list[str]] = []
        self._row_cells: list[tuple[int, int, str, str, bool]] = []
        self._row_hidden = False
        self._row_style = ""
        self._column_styles: list[tuple[int, str]] = []
        self._depth = self._skipped = 0
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            **styles.starts,
            "table": self._start_table,
            "table-column": self._start_column,
            "table-row": self._start_row,
            "table-cell": self._start_cell,
            "covered-table-cell": self._start_cell,
            "p": self._start_paragraph,
            "annotation": self._start_skipped,
            "shapes": self._start_skipped,
            "table-source": self._link,
            "cell-range-source": self._link,
            "dde-link": self._dde,
            "dde-source": self._dde,
            "s": self._spaces,
            "tab": lambda _: self._text("\t"),
            "line-break": lambda _: self._text("\n"),
        }
        self._ends: dict[str, Callable[[], None]] = {
            **styles.ends,
            "table": self._end_table,
            "table-row": self._end_row,
            "table-cell": self._end_cell,
            "covered-table-cell": self._end_cell,
        }

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        handler = self._starts.get(local_name(name))
        if handler is not None and not self._skipped:
            handler(_local(attributes))

    def _end(self, name: str) -> None:
        if self._skipped == self._depth:
            self._skipped = 0
        self._depth -= 1
        handler = self._ends.get(local_name(name))
        if handler is not None and not self._skipped:
            handler()

    def _text(self, piece: str) -> None:
        if self._cell is not None and self._paragraphs and not self._skipped:
            self._paragraphs[-1].append(piece)

    def _start_skipped(self, _attributes: dict[str, str]) -> None:
        self._skipped = self._depth

    def _link(self, _attributes: dict[str, str]) -> None:
        self.links = True

    def _dde(self, _attributes: dict[str, str]) -> None:
        raise RefusedError("TEP-LIEN_KET_DDE")

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._counted = CountedSheet()
        self._name = attributes.get("name", "")
        self._state = "hidden" if self._styles.is_hidden(attributes.get("style-name", "")) else "visible"
        self._row, self._column = 0, 0
        self._column_styles.clear()

    def _end_table(self) -> None:
        if self._counted is not None:
            refuse_overfull(self._name, self._counted)
            self.sheets.append(NamedSheet(self._name, self._state, self._counted))
        self._counted = None

    def _start_column(self, attributes: dict[str, str]) -> None:
        count = _repeat(attributes, "number-columns-repeated", LAST_COLUMN)
        if self._counted is not None and attributes.get("visibility") in _HIDDEN:
            self._counted.hidden_columns.update(range(self._column, min(self._column + count, LAST_COLUMN)))
        self._column += count
        self._column_styles.append((self._column, attributes.get("default-cell-style-name", "")))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._rows_here = _repeat(attributes, "number-rows-repeated", LAST_ROW)
        self._row_hidden = attributes.get("visibility") in _HIDDEN
        self._row_style = attributes.get("default-cell-style-name", "")
        self._row_cells.clear()
        self._column = 0

    def _end_row(self) -> None:
        """Unroll the row: only rows with content are repeated, and `keep` counts what that makes."""
        counted = self._counted
        if counted is not None and self._row_cells:
            for row in range(self._row + 1, self._row + self._rows_here + 1):
                for first, count, kind, text, struck in self._row_cells:
                    for column in range(first, first + count):
                        counted.keep(row, column, kind, text)
                        if struck:
                            counted.struck.add((row, column))
                if self._row_hidden:
                    counted.hidden_rows.add(row)
        self._row += self._rows_here

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell = attributes
        self._columns_here = _repeat(attributes, "number-columns-repeated", LAST_COLUMN)
        self._paragraphs = []
        down = _repeat(attributes, "number-rows-spanned", LAST_ROW)
        right = _repeat(attributes, "number-columns-spanned", LAST_COLUMN)
        if self._counted is not None and (down > 1 or right > 1):
            place = (self._row + 1, self._column, self._row + down, self._column + right - 1)
            self._counted.merged.append(place)
        if _OUTSIDE.search(attributes.get("formula", "")):
            self.links = True

    def _end_cell(self) -> None:
        if self._cell is not None:
            kind, text = _content(self._cell, "\n".join("".join(pieces) for pieces in self._paragraphs))
            if text or kind == "f":
                struck = self._styles.is_struck(self._style_here())
                self._row_cells.append((self._column, self._columns_here, kind, text, struck))
        self._column += self._columns_here
        self._cell = None

    def _style_here(self) -> str:
        """The style of the cell: its own, else what its row, else what its column gives cells without one."""
        own = (self._cell or {}).get("style-name", "") or self._row_style
        return own or next((style for end, style in self._column_styles if self._column < end), "")

    def _start_paragraph(self, _attributes: dict[str, str]) -> None:
        self._paragraphs.append([])

    def _spaces(self, attributes: dict[str, str]) -> None:
        self._text(" " * _repeat(attributes, "c", 1_000))


def _local(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes without prefixes; of `office:value-type` and `calcext:value-type` the one that says error."""
    found = {local_name(key): value for key, value in attributes.items()}
    if attributes.get("calcext:value-type") == "error":
        found["value-type"] = "error"
    return found


def _repeat(attributes: dict[str, str], name: str, most: int) -> int:
    written = attributes.get(name, "1")
    if not (written.isascii() and written.isdigit()) or len(written) > 9 or int(written) > most:
        raise RefusedError("TEP-HONG", kich_thuoc="")
    return max(int(written), 1)


def _content(attributes: dict[str, str], shown: str) -> tuple[str, str]:
    """(kind, text) of one cell from its attributes and its shown text."""
    kind = attributes.get("value-type", "")
    if kind == "error":
        return "e", shown or "#ERR!"
    if kind in _NUMBERS:
        return _NUMBERS[kind], attributes.get("value", "")
    if kind == "date":
        return "d", attributes.get("date-value", "")
    if kind == "time":
        return "d", attributes.get("time-value", "")
    if kind == "boolean":
        return "b", "1" if attributes.get("boolean-value") == "true" else "0"
    text = attributes.get("string-value", shown) or shown
    if "formula" in attributes and not kind:
        return "f", ""
    return "s", text
