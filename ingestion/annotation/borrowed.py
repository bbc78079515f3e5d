"""Which of a workbook's own cell styles the result sheet may wear: it brings none, so that the styles stay as they are.

Lives here: choosing them by what they do. Does not live here: the sheet (result_sheet.py).
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field

from ingestion.workbook.xml_stream import feed, guarded_parser, local_name

_TRUE = ("1", "true")
_PLAIN_FORMATS = ("General", "@")
_BUILT_IN = {"0": "General", "49": "@"}
_GREY = 1
"""The last of the two fills that every workbook begins with: none, and a grey that nobody sees."""


@dataclass(frozen=True)
class Looks:
    """Numbers of cell styles, each None where the workbook has no such style.

    `text` wraps without a fill, `header` wraps in bold on a fill, `answer` wraps on a fill, in a cell that is open.
    """

    text: int | None = None
    header: int | None = None
    answer: int | None = None


@dataclass
class _Style:
    """One entry of `cellXfs`, as far as it matters here."""

    number_format: str = "General"
    fill: int = 0
    is_bold: bool = False
    has_border: bool = False
    wraps: bool = False
    horizontal: str = "general"
    is_locked: bool = True


@dataclass
class _Reader:
    """What has been read of a styles part so far; `path` are the open elements."""

    path: list[str] = field(default_factory=list)
    formats: dict[str, str] = field(default_factory=lambda: dict(_BUILT_IN))
    bold: list[bool] = field(default_factory=list)
    styles: list[_Style] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name, inside = local_name(tag), self.path[1:2]
        self.path.append(name)
        if name == "numFmt" and inside == ["numFmts"]:
            self.formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif inside == ["fonts"] and name == "font":
            self.bold.append(False)
        elif inside == ["fonts"] and name == "b":
            self.bold[-1] = attributes.get("val", "1") in _TRUE
        elif inside == ["cellXfs"]:
            self._style(name, attributes)

    def end(self, _tag: str) -> None:
        self.path.pop()

    def _style(self, name: str, attributes: dict[str, str]) -> None:
        if name == "xf":
            self.styles.append(self._made(attributes))
        elif name == "alignment":
            self.styles[-1].wraps = attributes.get("wrapText") in _TRUE
            self.styles[-1].horizontal = attributes.get("horizontal", "general")
        elif name == "protection":
            self.styles[-1].is_locked = attributes.get("locked", "1") in _TRUE

    def _made(self, attributes: dict[str, str]) -> _Style:
        font = _number(attributes.get("fontId"))
        return _Style(
            number_format=self.formats.get(attributes.get("numFmtId", "0"), ""),
            fill=_number(attributes.get("fillId")),
            is_bold=font < len(self.bold) and self.bold[font],
            has_border=_number(attributes.get("borderId")) > 0,
        )


def borrowed_looks(styles: bytes) -> Looks:
    """The styles of a workbook that fit, ruled ones first. RefusedError TEP-HONG when the part is not well-formed.

    A program may write the format General under a number of its own (LibreOffice: 164), so formats go by their codes.
    """
    reader, parser = _Reader(), guarded_parser()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    feed(parser, io.BytesIO(styles))
    wrapping = [
        (number, style)
        for number, style in enumerate(reader.styles)
        if style.wraps and style.number_format in _PLAIN_FORMATS
    ]
    return Looks(
        text=_first(wrapping, lambda s: s.fill == 0 and not s.is_bold and s.horizontal in ("left", "general")),
        header=_first(wrapping, lambda s: s.fill > _GREY and s.is_bold and s.horizontal == "center"),
        answer=_first(wrapping, lambda s: s.fill > _GREY and not s.is_locked and s.horizontal == "left"),
    )


def _first(styles: list[tuple[int, _Style]], fits: Callable[[_Style], bool]) -> int | None:
    """The first that fits, a ruled one before one without rules."""
    found = sorted((not style.has_border, number) for number, style in styles if fits(style))
    return found[0][1] if found else None


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
