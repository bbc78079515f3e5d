"""The sheet "Kết quả kiểm tra": one line a finding, each with a link to its cell. It brings no styles of its own, so
that the workbook's styles part stays as it is: what is bold is bold inside its text, what wraps borrows a style.

Lives here: the XML of that sheet. Does not live here: its place in the package (patch.py).
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingestion.annotation.insertion import attribute, text_of
from ingestion.workbook.parsed import address
from ingestion.workbook.xml_stream import feed, guarded_parser, local_name

WIDTHS = (6, 20, 15, 8, 20, 18, 52, 30, 40, 24, 40)
_TOP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="{split}" topLeftCell="A{below}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
)
_BOLD = '<r><rPr><b/><sz val="11"/><rFont val="Times New Roman"/></rPr><t xml:space="preserve">{text}</t></r>'
_PLAIN = '<r><rPr><sz val="11"/><rFont val="Times New Roman"/></rPr><t xml:space="preserve">{text}</t></r>'
_PRINT = '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
PLACE_COLUMN = 3
_LINE = 15
Place = tuple[str | None, str | None]


@dataclass(frozen=True)
class Result:
    """What stands on the sheet: heading lines, column headers, the findings' lines with the (sheet, cell) they lead to,
    and the titles above some of them, by the index of the line. ``wrapped`` is a cell style of the workbook that wraps.
    """

    heading: Sequence[str]
    columns: Sequence[str]
    lines: Sequence[Sequence[str]]
    places: Sequence[Place]
    groups: Mapping[str, str]
    wrapped: int | None = None


def result_sheet(result: Result) -> bytes:
    """The worksheet part."""
    widths = "".join(f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, w in enumerate(WIDTHS, 1))
    rows = [_row(number, [text], _BOLD if number <= 2 else _PLAIN) for number, text in enumerate(result.heading, 1)]
    header = len(result.heading) + 2
    rows.append(_row(header, result.columns, _BOLD, result.wrapped))
    links, at = [], header
    for index, (line, place) in enumerate(zip(result.lines, result.places, strict=True)):
        if title := result.groups.get(str(index)):
            at += 1
            rows.append(_row(at, [title], _BOLD))
        at += 1
        rows.append(_row(at, line, _PLAIN, result.wrapped))
        sheet, cell = place
        if sheet and cell:
            links.append(f'<hyperlink ref="{address(at, PLACE_COLUMN)}" location={attribute(_target(sheet, cell))}/>')
    hyperlinks = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    top = _TOP.format(split=header, below=header + 1)
    body = f"{top}<cols>{widths}</cols><sheetData>{''.join(rows)}</sheetData>{hyperlinks}{_PRINT}</worksheet>"
    return body.encode()


def wrapping_style(styles: bytes) -> int | None:
    """The first cell style of a workbook that wraps text, has no fill and no number format; None without one."""
    number, wraps, fields = -1, False, {}
    inside = False
    for event, name, attributes in _events(styles):
        if name == "cellXfs":
            inside = event == "start"
        elif inside and name == "xf" and event == "start":
            number, wraps, fields = number + 1, False, attributes
        elif inside and name == "alignment" and event == "start":
            wraps = attributes.get("wrapText") in ("1", "true") and attributes.get("horizontal", "left") == "left"
        elif inside and name == "xf" and wraps and fields.get("fillId", "0") == fields.get("numFmtId", "0") == "0":
            return number
    return None


def _events(part: bytes) -> list[tuple[str, str, dict[str, str]]]:
    found: list[tuple[str, str, dict[str, str]]] = []
    parser = guarded_parser()
    parser.StartElementHandler = lambda name, attributes: found.append(("start", local_name(name), attributes))
    parser.EndElementHandler = lambda name: found.append(("end", local_name(name), {}))
    feed(parser, io.BytesIO(part))
    return found


def _row(number: int, texts: Sequence[str], template: str, style: int | None = None) -> str:
    look = f' s="{style}"' if style is not None else ""
    height = ""
    if style is not None:  # not every program makes room for wrapped lines by itself
        fill = (-(-len(text) // (width - 1)) for text, width in zip(texts, WIDTHS, strict=True))
        height = f' ht="{_LINE * max(1, *fill)}" customHeight="1"'
    cells = "".join(
        f'<c r="{address(number, column)}"{look} t="inlineStr"><is>{template.replace("{text}", text_of(text))}</is></c>'
        if text
        else f'<c r="{address(number, column)}"{look}/>'
        for column, text in enumerate(texts)
        if text or look
    )
    return f'<row r="{number}"{height}>{cells}</row>'


def _target(sheet: str, cell: str) -> str:
    return "'{}'!{}".format(sheet.replace("'", "''"), cell)
