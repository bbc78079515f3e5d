"""The first sheet of a form (who reports what) and the last (code lists).

Lives here: writing those two sheets. Does not live here: the forms between them (``writer.py``).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ingestion.template import shape
from ingestion.template.book import Book, Column, CoverLine, Extra
from ingestion.template.styles import FONT, Styles
from ingestion.template.validation import validation

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_FILLED_BY_PROVINCE = frozenset({"agency_code", "agency_name", "reporting_year"})
_ADVICE = (
    "Ô màu vàng nhạt là ô cần điền. Biểu không có số liệu: ghi x ở cột Không phát sinh, không để trống. "
    "Gửi trước ngày 30/11 (chậm nhất hết ngày 29/11)."
)


def write_cover(workbook: Workbook, styles: Styles, book: Book) -> None:
    """Write the first sheet: the cover's lines, then the table of owed forms."""
    sheet = workbook.add_worksheet(book.cover_name)
    _print_setup(sheet)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 2, 18)
    sheet.set_row(0, 24)
    sheet.write_string(shape.COVER_TITLE_ROW - 1, 0, book.title, styles.title())
    for offset, line in enumerate(book.cover):
        _write_line(sheet, styles, shape.COVER_FIRST_ROW - 1 + offset, line)
    _write_owed(sheet, styles, book)
    sheet.merge_range(book.nil_header_row + len(book.owed) + 1, 0, book.nil_header_row + len(book.owed) + 1, 2,
                      _ADVICE, styles.line(italic=True, wrap=True))  # fmt: skip
    sheet.set_row(book.nil_header_row + len(book.owed) + 1, 34)
    sheet.protect("")


def _write_line(sheet: Worksheet, styles: Styles, row: int, line: CoverLine) -> None:
    given = line.field in _FILLED_BY_PROVINCE and line.value is not None
    cell_format = styles.fixed(line.kind) if given else styles.input(line.kind)
    sheet.set_row(row, 20)
    sheet.write_string(row, 0, line.label, styles.label())
    _write_plain(sheet, row, 1, line, cell_format)
    if not given:
        column = Column(line.field, line.label, line.kind, prompt=line.prompt)
        sheet.data_validation(row, 1, row, 1, validation(column, None))


def _write_plain(sheet: Worksheet, row: int, column: int, line: CoverLine, cell_format: Any) -> None:
    if line.value is None:
        sheet.write_blank(row, column, None, cell_format)
    elif isinstance(line.value, date):
        sheet.write_datetime(row, column, line.value, cell_format)
    elif isinstance(line.value, int):
        sheet.write_number(row, column, line.value, cell_format)
    else:
        sheet.write_string(row, column, str(line.value), cell_format)


def _write_owed(sheet: Worksheet, styles: Styles, book: Book) -> None:
    top = book.nil_header_row - 1
    for index, header in enumerate(shape.NIL_HEADERS):
        sheet.write_string(top, index, header, styles.header(required=False))
    for offset, owed in enumerate(book.owed, start=1):
        sheet.write_string(top + offset, 0, owed.code, styles.label())
        sheet.write_string(top + offset, 1, owed.title, styles.label())
        mark = shape.NIL_MARK if owed.is_nil else ""
        sheet.write(top + offset, 2, mark, styles.input("boolean"))
    sheet.data_validation(
        top + 1, 2, top + len(book.owed), 2,
        {"validate": "list", "source": [shape.NIL_MARK], "input_title": shape.NIL_HEADERS[2],
         "input_message": "Ghi x nếu cả năm không có số liệu cho biểu này."},
    )  # fmt: skip


def write_extra(workbook: Workbook, styles: Styles, extra: Extra) -> None:
    """Write a sheet that is no form: its lines below each other."""
    sheet = workbook.add_worksheet(extra.name)
    for row, line in enumerate(extra.lines):
        sheet.write_string(row, 0, line, styles.line())
    if extra.is_hidden:
        sheet.hide()


def write_lists(workbook: Workbook, styles: Styles, book: Book) -> dict[str, str]:
    """Write the sheet of code lists; return the range of labels of each list, for the dropdowns."""
    sheet = workbook.add_worksheet(shape.LIST_SHEET)
    _print_setup(sheet)
    for index, width in enumerate((34, 90, 22)):
        sheet.set_column(index, index, width)
    sheet.write_string(0, 0, "Danh mục mã dùng trong các biểu", styles.title())
    for index, header in enumerate(("Danh mục", "Tên ghi trong ô", "Mã")):
        sheet.write_string(2, index, header, styles.header(required=False))
    sources = {}
    at = 3
    for code_list in book.lists:
        sources[code_list.name] = f"='{shape.LIST_SHEET}'!$B${at + 1}:$B${at + len(code_list.codes)}"
        for code, label in code_list.codes:
            for index, text in enumerate((code_list.title, label, code)):
                sheet.write_string(at, index, text, styles.label())
            at += 1
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    sheet.protect("")
    return sources


def _print_setup(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.6, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f'&R&"{FONT},Regular"&9Trang &P/&N')
