"""The first sheet of a form: who reports, which year, figures as of which day, what is owed, how to fill in and send.

Lives here: writing that sheet. Does not live here: its words (``guidance.py``), the forms (``writer.py``).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ingestion.template import shape
from ingestion.template.book import Book, Column, CoverLine, Owed
from ingestion.template.check_sheet import colour_cells
from ingestion.template.guidance import NATION, SIGNERS
from ingestion.template.styles import FONT, Styles
from ingestion.template.validation import nil_validation, validation

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_FILLED_BY_PROVINCE = frozenset({"agency_code", "agency_name", "reporting_year"})
_WIDTHS = (22, 40, 20, 26)
_LAST = len(_WIDTHS) - 1
_LINE_LENGTH, _LINE_HEIGHT = 112, 15.5
_OPEN = "Mở biểu"


def write_cover(workbook: Workbook, styles: Styles, book: Book) -> None:
    """Write the first sheet: letterhead, the cover's lines, the table of owed forms, guidance, signatures."""
    sheet = workbook.add_worksheet(book.cover_name)
    _print_setup(sheet)
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    _write_head(sheet, styles, book)
    for offset, line in enumerate(book.cover):
        _write_line(sheet, styles, shape.COVER_FIRST_ROW - 1 + offset, line)
    _heading(sheet, styles, book.nil_header_row - 2, "2. Biểu phải nộp")
    _write_owed(sheet, styles, book)
    colour_cells(sheet, styles, [check for check in book.checks if check.form is None], rows=1)
    _write_below(sheet, styles, book, book.nil_header_row + len(book.owed))
    sheet.protect("")
    blank = (offset for offset, line in enumerate(book.cover) if line.value is None)
    row = shape.COVER_FIRST_ROW - 1 + next(blank, 0)
    sheet.set_selection(row, 1, row, 1)
    sheet.activate()


def _write_head(sheet: Worksheet, styles: Styles, book: Book) -> None:
    top = shape.LETTERHEAD_ROW - 1
    for offset, (left, right) in enumerate(zip(book.letterhead, NATION, strict=True)):
        sheet.set_row(top + offset, 17)
        sheet.merge_range(top + offset, 0, top + offset, 1, left, styles.letterhead(bold=offset == 1))
        sheet.merge_range(top + offset, 2, top + offset, _LAST, right, styles.letterhead(True, underline=offset == 1))
    row = shape.COVER_TITLE_ROW - 1
    sheet.set_row(row, 26)
    sheet.merge_range(row, 0, row, _LAST, book.title.upper(), styles.heading())
    _heading(sheet, styles, shape.COVER_FIRST_ROW - 2, "1. Cơ quan báo cáo")


def _heading(sheet: Worksheet, styles: Styles, row: int, text: str) -> None:
    sheet.set_row(row, 22)
    sheet.write_string(row, 0, text, styles.section())


def _write_line(sheet: Worksheet, styles: Styles, row: int, line: CoverLine) -> None:
    given = line.field in _FILLED_BY_PROVINCE and line.value is not None
    cell_format = styles.fixed(line.kind) if given else styles.answer(line.kind)
    sheet.set_row(row, 20)
    sheet.write_string(row, 0, line.label, styles.label())
    sheet.merge_range(row, 1, row, _LAST, "", cell_format)
    _write_plain(sheet, row, 1, line, cell_format)
    if not given:
        column = Column(
            line.field, line.label, line.kind, prompt=line.prompt, minimum=line.minimum, maximum=line.maximum
        )
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
    sheet.set_row(top, 20)
    for index, header in enumerate((*shape.NIL_HEADERS, _OPEN)):
        sheet.write_string(top, index, header, styles.header(required=False))
    sheets = {page.code: page.name for page in book.pages}
    for offset, owed in enumerate(book.owed, start=1):
        _write_form(sheet, styles, top + offset, owed, sheets.get(owed.code))
    sheet.data_validation(top + 1, 2, top + len(book.owed), 2, nil_validation())


def _write_form(sheet: Worksheet, styles: Styles, row: int, owed: Owed, name: str | None) -> None:
    sheet.set_row(row, 19)
    sheet.write_string(row, 0, owed.code, styles.label())
    sheet.write_string(row, 1, owed.title, styles.label())
    sheet.write(row, 2, shape.NIL_MARK if owed.is_nil else "", styles.input("boolean", size=12))
    if name is None:
        sheet.write_blank(row, 3, None, styles.link())
    else:
        sheet.write_url(row, 3, f"internal:'{name}'!A1", styles.link(), f"→ {name}")


def _write_below(sheet: Worksheet, styles: Styles, book: Book, row: int) -> None:
    row += 1
    for heading, lines in book.guidance:
        _heading(sheet, styles, row, heading)
        for line in lines:
            row += 1
            text = f"– {line}"
            sheet.set_row(row, _LINE_HEIGHT * -(-len(text) // _LINE_LENGTH) + 3)
            sheet.merge_range(row, 0, row, _LAST, text, styles.line(wrap=True))
        row += 1
    row += 1
    sheet.set_row(row, 90)
    for first, last, text in ((0, 1, SIGNERS[0]), (2, _LAST, SIGNERS[1])):
        sheet.merge_range(row, first, row, last, text, styles.signature())


def _print_setup(sheet: Worksheet) -> None:
    sheet.set_paper(9)
    sheet.set_portrait()
    sheet.set_margins(left=0.8, right=0.5, top=0.7, bottom=0.7)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 1)
    sheet.hide_gridlines(2)
    sheet.set_footer(f'&R&"{FONT},Regular"&9Trang &P/&N')
