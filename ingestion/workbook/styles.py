"""What the styles part of an xlsx says of cells beside their content: in percent, struck through; and which exist.

Runs in the jail. Lives here: style numbers, as `s` of a cell says them, and the shape of this for other formats. Does
not live here: the cells (row_count.py), number formats themselves (counted.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, Generic, TypeVar

from ingestion.workbook.counted import PERCENT_FORMATS, shows_percent
from ingestion.workbook.xml_stream import feed, guarded_parser, local_name

_NO = ("0", "false")
Style = TypeVar("Style", str, int)


@dataclass(frozen=True)
class Looks(Generic[Style]):
    """The styles whose number format shows a percentage, those whose font is struck through, and all there are.

    A style is named as the cells of the format name it: by text in xlsx, by number in xls and xlsb. ``known`` is None
    for a workbook that has no such part, and in the formats whose cells cannot be damaged so: no style is wrong then.
    """

    percents: frozenset[Style] = frozenset()
    struck: frozenset[Style] = frozenset()
    known: frozenset[Style] | None = None


def looks_of(source: IO[bytes]) -> Looks[str]:
    """Read one styles part."""
    reader = _StylesReader()
    parser = guarded_parser()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    feed(parser, source)
    return reader.looks()


class _StylesReader:
    """Expat's callbacks: fonts and cell styles are lists, their numbers are their places in them."""

    def __init__(self) -> None:
        self._formats = {str(number): "0%" for number in PERCENT_FORMATS}
        self._fonts = -1
        self._struck_fonts: set[str] = set()
        self._styles: list[tuple[str, str]] = []
        self._inside = ""

    def looks(self) -> Looks[str]:
        """What was read."""
        numbered = [(str(number), style) for number, style in enumerate(self._styles)]
        return Looks(
            frozenset(n for n, (code, _) in numbered if shows_percent(self._formats.get(code, ""))),
            frozenset(n for n, (_, font) in numbered if font in self._struck_fonts),
            frozenset({"0", *(n for n, _ in numbered)}),
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        local = local_name(name)
        if local in ("numFmts", "fonts", "cellXfs"):
            self._inside = local
        elif local == "numFmt" and self._inside == "numFmts":
            self._formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif local == "font" and self._inside == "fonts":
            self._fonts += 1
        elif local == "strike" and self._inside == "fonts" and attributes.get("val") not in _NO:
            self._struck_fonts.add(str(self._fonts))
        elif local == "xf" and self._inside == "cellXfs":
            self._styles.append((attributes.get("numFmtId", "0"), attributes.get("fontId", "0")))

    def end(self, name: str) -> None:
        """An element ends."""
        if local_name(name) == self._inside:
            self._inside = ""
