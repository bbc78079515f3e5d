"""The sheet "Kết quả kiểm tra": one line a finding, each with a link to its cell. It brings no styles of its own, so
that the workbook's styles part stays as it is; what is bold is bold inside its text.

Lives here: the XML of that sheet. Does not live here: its place in the package (patch.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.annotation.insertion import attribute, text_of
from ingestion.workbook.parsed import address

WIDTHS = (6, 24, 16, 9, 26, 24, 80, 44, 60, 30, 40)
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
)
_BOLD = '<r><rPr><b/><sz val="11"/><rFont val="Times New Roman"/></rPr><t xml:space="preserve">{text}</t></r>'
_PLAIN = '<r><rPr><sz val="11"/><rFont val="Times New Roman"/></rPr><t xml:space="preserve">{text}</t></r>'
PLACE_COLUMN = 3


def result_sheet(
    columns: Sequence[str], lines: Sequence[Sequence[str]], places: Sequence[tuple[str | None, str | None]]
) -> bytes:
    """The worksheet part; `places` are the (sheet, cell) that the line's address links to."""
    widths = "".join(f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, w in enumerate(WIDTHS, 1))
    rows = [_row(1, columns, _BOLD)]
    rows += [_row(number, line, _PLAIN) for number, line in enumerate(lines, 2)]
    links = "".join(
        f'<hyperlink ref="{address(number, PLACE_COLUMN)}" location={attribute(_target(sheet, cell))}/>'
        for number, (sheet, cell) in enumerate(places, 2)
        if sheet and cell
    )
    hyperlinks = f"<hyperlinks>{links}</hyperlinks>" if links else ""
    body = f"{_HEAD}<cols>{widths}</cols><sheetData>{''.join(rows)}</sheetData>{hyperlinks}</worksheet>"
    return body.encode()


def _row(number: int, texts: Sequence[str], template: str) -> str:
    cells = "".join(
        f'<c r="{address(number, column)}" t="inlineStr"><is>{template.replace("{text}", text_of(text))}</is></c>'
        for column, text in enumerate(texts)
        if text
    )
    return f'<row r="{number}">{cells}</row>'


def _target(sheet: str, cell: str) -> str:
    return "'{}'!{}".format(sheet.replace("'", "''"), cell)
