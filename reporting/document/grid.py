"""A printed table as a Word table: repeated head, number row, totals in bold, numbers to the right, fixed widths.

Written as XML directly: python-docx needs seconds for the hundred rows of an annex, this needs milliseconds.
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from reporting.document.format import FONT
from reporting.tables.model import SECTION, TOTAL, Cell, Column, Row, Table
from reporting.wording import say

_TWIPS = 56.6929  # per mm
_SHORT = 12  # a table of so few rows is kept on one page
_XMLNS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def add_table(document: Any, table: Table, width: float, size: float, columns: tuple[str, ...] = ()) -> None:
    """Append a table scaled to ``width`` mm with text of ``size`` pt. With ``columns`` (a choice of its columns) it
    stands within the text: no number row, and a short one is not torn over two pages.
    """
    from docx.oxml import parse_xml

    chosen = [c for key in columns for c in table.columns if c.key == key] if columns else list(table.columns)
    widths = _widths(chosen, width)
    whole = bool(columns) and len(table.rows) <= _SHORT
    rows = [_head(chosen, widths, size)]
    if not columns:
        rows.append(_codes(chosen, widths, size))
    last = len(table.rows) - 1
    rows += [_row(row, chosen, widths, size, whole and i < last) for i, row in enumerate(table.rows)]
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    document.element.body.insert_element_before(
        parse_xml(f"<w:tbl {_XMLNS}>{_properties(sum(widths))}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"),
        "w:sectPr",
    )


def notes_of(table: Table) -> list[str]:
    """The notes below a table: its own, then the symbols that stand in it."""
    signs = [say(f"ky_hieu.{sign}") for sign in table.symbols()]
    return [*table.notes, *([say("ky_hieu", ds="; ".join(signs))] if signs else [])]


def _widths(columns: list[Column], width: float) -> list[int]:
    scale = width / sum(column.width for column in columns)
    return [round(column.width * scale * _TWIPS) for column in columns]


def _properties(total: int) -> str:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>"
    )


def _head(columns: list[Column], widths: list[int], size: float) -> str:
    cells = [_cell(c.label, w, size, "center", bold=True, keep=True) for c, w in zip(columns, widths, strict=True)]
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _codes(columns: list[Column], widths: list[int], size: float) -> str:
    cells = [_cell(c.code, w, size - 1, "center", italic=True, keep=True) for c, w in zip(columns, widths, strict=True)]
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _row(row: Row, columns: list[Column], widths: list[int], size: float, keep: bool) -> str:
    if row.kind == SECTION:
        said = next(iter(row.cells.values())).text()
        inner = _cell(said, sum(widths), size, "left", bold=True, keep=True, span=len(columns))
    else:
        bold = row.kind == TOTAL
        pairs = [(row.cells.get(c.key, Cell()), c, w) for c, w in zip(columns, widths, strict=True)]
        inner = "".join(_cell(cell.text(), w, size, c.side, bold=bold, keep=keep) for cell, c, w in pairs)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{inner}</w:tr>"


def _cell(
    text: str, width: int, size: float, side: str, bold: bool = False, italic: bool = False, keep: bool = False,
    span: int = 1,
) -> str:  # fmt: skip
    marks = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    face = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:eastAsia="{FONT}"/>'
    looks = f'<w:rPr>{face}{marks}<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/></w:rPr>'
    merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    held = "<w:keepNext/>" if keep else ""
    run = f'<w:r>{looks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr>{held}<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
        f'<w:ind w:firstLine="0"/><w:jc w:val="{side}"/></w:pPr>{run}</w:p></w:tc>'
    )
