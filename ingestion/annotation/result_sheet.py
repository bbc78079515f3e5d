"""The sheet "Kết quả kiểm tra": one line a finding, each with a link to its cell. The returned file opens on it.

Lives here: the XML of that sheet; what is bold is bold inside its text, the rest are styles of the workbook itself.
Does not live here: which styles (borrowed.py), its place in the package (patch.py).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap

from ingestion.annotation.borrowed import Looks
from ingestion.annotation.insertion import attribute, text_of
from ingestion.workbook.parsed import address

WIDTHS = (5, 11, 10, 7, 14, 13, 36, 22, 26, 20, 26)
"""Together what a screen shows at 100 %: the column of answers must not lie beyond its edge."""
_TOP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
    '<sheetViews><sheetView tabSelected="1" workbookViewId="0">'
    '<pane ySplit="{split}" topLeftCell="A{below}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
)
_BOLD = '<r><rPr><b/><sz val="11"/><rFont val="Times New Roman"/></rPr><t xml:space="preserve">{text}</t></r>'
_PLAIN = '<r><rPr><sz val="11"/><rFont val="Times New Roman"/></rPr><t xml:space="preserve">{text}</t></r>'
_LOCKED = '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>'
_PRINT = '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
PLACE_COLUMN, ANSWER_COLUMN = 3, 10
_LINE, _HIGHEST, _MARGIN = 15, 405, 2
Place = tuple[str | None, str | None]


@dataclass(frozen=True)
class Result:
    """What stands on the sheet: heading lines, column headers, the findings' lines with the (sheet, cell) they lead to,
    and the titles above some of them, by the index of the line. ``asked`` are the lines that wait for an answer.
    """

    heading: Sequence[str]
    columns: Sequence[str]
    lines: Sequence[Sequence[str]]
    places: Sequence[Place]
    groups: Mapping[str, str]
    asked: Collection[int] = ()
    looks: Looks = field(default_factory=Looks)


def result_sheet(result: Result) -> bytes:
    """The worksheet part."""
    widths = "".join(f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, w in enumerate(WIDTHS, 1))
    rows = [_row(number, [text], _BOLD if number <= 2 else _PLAIN) for number, text in enumerate(result.heading, 1)]
    header = len(result.heading) + 2
    looks = result.looks
    rows.append(_row(header, result.columns, _BOLD, [looks.header or looks.text] * len(WIDTHS)))
    links, at = [], header
    for index, (line, place) in enumerate(zip(result.lines, result.places, strict=True)):
        if title := result.groups.get(str(index)):
            at += 1
            rows.append(_row(at, [title], _BOLD))
        at += 1
        rows.append(_row(at, line, _PLAIN, _line_styles(looks, index in result.asked)))
        sheet, cell = place
        if sheet and cell:
            links.append(f'<hyperlink ref="{address(at, PLACE_COLUMN)}" location={attribute(_target(sheet, cell))}/>')
    hyperlinks = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    top = _TOP.format(split=header, below=header + 1)
    # what is typed here instead of in the form would be lost, or spoil the rule that an answer belongs to
    locked = _LOCKED if looks.answer is not None else ""
    body = f"{top}<cols>{widths}</cols><sheetData>{''.join(rows)}</sheetData>{locked}{hyperlinks}{_PRINT}</worksheet>"
    return body.encode()


def _line_styles(looks: Looks, is_asked: bool) -> list[int | None]:
    """The styles of a line's cells; the cell of an answer looks like a cell of the form that may be filled in."""
    styles = [looks.text] * len(WIDTHS)
    if is_asked:
        styles[ANSWER_COLUMN] = looks.answer or looks.text
    return styles


def _row(number: int, texts: Sequence[str], template: str, styles: Sequence[int | None] = ()) -> str:
    """A row; with styles, as high as its longest text needs: not every program makes room by itself."""
    height = f' ht="{height_of(texts, WIDTHS)}" customHeight="1"' if any(styles) else ""
    looks = [*styles, *[None] * len(texts)]
    cells = "".join(
        _cell(address(number, column), text, template, look)
        for column, (text, look) in enumerate(zip(texts, looks, strict=False))
        if text or look
    )
    return f'<row r="{number}"{height}>{cells}</row>'


def height_of(texts: Sequence[str], widths: Sequence[float]) -> int:
    """The height in points that a row of these texts needs in columns of these widths, in letters of eleven points."""
    lines = max(_lines(text, int(width) - _MARGIN) for text, width in zip(texts, widths, strict=True))
    return min(_LINE * lines, _HIGHEST)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes; ids break at their hyphens only."""
    room = width * 3 // 4 if text.isupper() else width  # a rule's code is of capitals, and they are wide
    return 1 if len(text) <= room else len(wrap(text, room))


def _cell(place: str, text: str, template: str, look: int | None) -> str:
    style = f' s="{look}"' if look else ""
    if not text:
        return f'<c r="{place}"{style}/>'
    return f'<c r="{place}"{style} t="inlineStr"><is>{template.replace("{text}", text_of(text))}</is></c>'


def _target(sheet: str, cell: str) -> str:
    return "'{}'!{}".format(sheet.replace("'", "''"), cell)
