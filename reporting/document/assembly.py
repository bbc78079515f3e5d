"""Put the document together: head, text, foot, annexes, each annex a section with its own page numbers.

Lives here: the order of things and how a block becomes a paragraph. Does not live here: measures (``format``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from reporting import fixed_bytes
from reporting.document import format as decree
from reporting.document.grid import add_table, notes_of
from reporting.document.letterhead import attached_to, foot, head
from reporting.narrative.blocks import LETTERS, Block, Heading, Paragraph, Placeholder, TableBlock
from reporting.narrative.report import report_text
from reporting.package_check import check_package
from reporting.tables.model import Annex, Table
from reporting.tables.registry import all_annexes
from reporting.warehouse import Report

if TYPE_CHECKING:
    from docx.document import Document

_BODY_TABLE_SIZE, _ANNEX_TABLE_SIZE = 11.0, 10.5
_LONG = 20  # a second table of more rows begins on a page of its own


def write_report(report: Report, path: Path, is_draft: bool) -> None:
    """Write `bao-cao.docx` from a report that may be published. The same report gives the same bytes."""
    document = decree.new_document()
    head(document, report, is_draft)
    for block in report_text(report):
        add_block(document, block)
    foot(document)
    for annex in all_annexes(report):
        if any(table.in_document for table in annex.tables):
            _annex(document, annex)
    document.save(str(path))
    fixed_bytes.settle(path)
    check_package(path)


def add_block(document: Document, block: Block) -> None:
    """Append one block of the text."""
    match block:
        case Heading(level, text):
            document.add_paragraph(text, style=f"Heading {level}")
        case Paragraph(text, lead):
            paragraph = document.add_paragraph(style="Nội dung")
            if lead:
                paragraph.add_run(f"{lead} ").bold = True
            paragraph.add_run(text)
        case Placeholder(text):
            _placeholder(document, text)
        case TableBlock(table, columns):
            document.add_paragraph(table.title, style="Tên bảng")
            add_table(document, table, decree.TEXT_WIDTH, _BODY_TABLE_SIZE, columns)
            _notes(document, table)


def _placeholder(document: Document, text: str) -> None:
    """Marked so that nobody signs over it: the officer replaces the whole paragraph."""
    from docx.enum.text import WD_COLOR_INDEX

    run = document.add_paragraph(style="Nội dung").add_run(text)
    run.italic = True
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _annex(document: Document, annex: Annex) -> None:
    from docx.enum.section import WD_SECTION

    shown = [table for table in annex.tables if table.in_document]
    landscape = shown[0].landscape
    decree.page(document.add_section(WD_SECTION.NEW_PAGE), landscape)
    width = decree.TEXT_WIDTH_LANDSCAPE if landscape else decree.TEXT_WIDTH
    document.add_paragraph(f"Phụ lục {annex.number}", style="Số phụ lục")
    document.add_paragraph(annex.title.upper(), style="Tên phụ lục")
    document.add_paragraph(attached_to(), style="Kèm theo")
    for position, table in enumerate(shown):
        if table.title:
            heading = document.add_paragraph(_part_title(annex, position, table), style="Tên bảng")
            heading.paragraph_format.page_break_before = position > 0 and len(table.rows) > _LONG
        if table.unit:
            document.add_paragraph(f"Đơn vị tính: {table.unit}", style="Đơn vị tính")
        add_table(document, table, width, _ANNEX_TABLE_SIZE)
        _notes(document, table)


def _part_title(annex: Annex, position: int, table: Table) -> str:
    return f"{annex.number}.{LETTERS[position]}. {table.title}"


def _notes(document: Any, table: Table) -> None:
    for note in notes_of(table) or [""]:
        document.add_paragraph(note, style="Ghi chú")
