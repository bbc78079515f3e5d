"""The sheets of a workbook that are no forms: code lists, and what officers add.

Lives here: writing them. Does not live here: the first sheet (``cover_sheet.py``), the forms (``writer.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingestion.template import shape
from ingestion.template.book import Book, Extra
from ingestion.template.styles import FONT, Styles

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet


def write_extra(workbook: Workbook, styles: Styles, extra: Extra) -> None:
    """Write a sheet that is no form: its lines below each other."""
    sheet = workbook.add_worksheet(extra.name)
    for row, line in enumerate(extra.lines):
        sheet.write_string(row, 0, line, styles.line())
    if extra.is_hidden:
        sheet.hide()


def write_lists(workbook: Workbook, styles: Styles, book: Book) -> None:
    """Write the sheet of code lists, whose ranges the dropdowns and the form's own checks use."""
    sheet = workbook.add_worksheet(shape.LIST_SHEET)
    _print_setup(sheet)
    for index, width in enumerate((26, 84, 22)):
        sheet.set_column(index, index, width)
    sheet.write_string(0, 0, "Danh mục mã dùng trong các biểu", styles.section())
    for index, header in enumerate(("Danh mục", "Tên ghi trong ô", "Mã")):
        sheet.write_string(2, index, header, styles.header(required=False))
    at = shape.LIST_FIRST_ROW - 1
    for code_list in book.lists:
        for code, label in code_list.codes:
            sheet.set_row(at, 16 * -(-len(label) // 80))
            for index, text in enumerate((code_list.title, label, code)):
                sheet.write_string(at, index, text, styles.listed())
            at += 1
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    sheet.protect("")


def _print_setup(sheet: Worksheet) -> None:
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.set_margins(left=0.6, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f'&R&"{FONT},Regular"&9Trang &P/&N')
