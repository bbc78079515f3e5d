"""The sheet "Tự kiểm tra": one line a rule, how often it is broken now, and a way to the first place.

Lives here: writing that sheet and the colours that cells take by themselves. Does not live here: the formulas
(``self_check.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from expectations.findings import Severity
from expectations.rules.messages import severity_label
from ingestion.template import shape
from ingestion.template.book import Book, Check
from ingestion.template.styles import FONT, Styles
from ingestion.template.validation import LAST_ROW

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

HEADERS = ("Biểu", "Mức", "Nội dung", "Cách sửa", "Số chỗ", "Chỗ đầu tiên", "Mã quy tắc")
COUNT, PLACE, _NTH = 4, 5, 7
_WIDTHS = (15, 27, 60, 44, 10, 14, 36)
FIRST_ROW = 6
_LINE = 16
_SHORT = 255
"""Longer rules speak on this sheet only: not every program keeps long formulas in conditional formats."""
_COLOURED = ("blocker", "error", "query")
_HOW_TO_SEE_THEM = ": các dòng có màu. Bấm mũi tên ở cột Số chỗ, bỏ chọn 0 để chỉ xem các dòng này."
_ADVICE = (
    "Trang này tự tính khi nhập số liệu, không cần mạng. Bấm vào ô ở cột Chỗ đầu tiên (LibreOffice: giữ phím Ctrl và "
    "bấm) để đến chỗ cần xem. Một số nội dung chỉ kiểm tra được khi gửi (so với năm trước, với sổ của tỉnh, giữa các "
    "biểu, ô dán không đúng danh sách, không đúng dạng ngày)."
)


def write_checks(workbook: Workbook, styles: Styles, book: Book) -> None:
    """Write the sheet, if the book has checks."""
    if not book.checks:
        return
    sheet = workbook.add_worksheet(shape.CHECK_SHEET)
    _print_setup(sheet)
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    sheet.set_column(_NTH, _NTH, 5, None, {"hidden": True})
    last = len(HEADERS) - 1
    sheet.set_row(0, 24)
    sheet.merge_range(0, 0, 0, last, "TỰ KIỂM TRA TRƯỚC KHI GỬI", styles.heading())
    sheet.set_row(1, 32)
    sheet.merge_range(1, 0, 1, last, _ADVICE, styles.line(italic=True, wrap=True))
    sheet.set_row(FIRST_ROW - 2, 2 * _LINE)
    for index, header in enumerate(HEADERS):
        sheet.write_string(FIRST_ROW - 2, index, header, styles.header(required=False))
    for offset, check in enumerate(book.checks):
        _write_check(sheet, styles, FIRST_ROW - 1 + offset, check)
    end = FIRST_ROW + len(book.checks) - 1
    _write_sum(sheet, styles, end)
    criteria = {"type": "formula", "criteria": f"=$E{FIRST_ROW}>0", "format": styles.alarm("query")}
    sheet.conditional_format(FIRST_ROW - 1, 0, end - 1, last, criteria)
    sheet.freeze_panes(FIRST_ROW - 1, 0)
    sheet.autofilter(FIRST_ROW - 2, 0, end - 1, last)
    sheet.protect("", {"autofilter": True, "format_columns": True})


def _write_sum(sheet: Worksheet, styles: Styles, end: int) -> None:
    counts = f"$E${FIRST_ROW}:$E${end}"
    sheet.write_string(2, 0, "Đang còn:", styles.section())
    words = f'=IF(SUM({counts})=0,"Không có nội dung nào cần xem",SUM({counts})&" chỗ cần xem, thuộc "&'
    words += f'COUNTIF({counts},">0")&" nội dung{_HOW_TO_SEE_THEM}")'
    sheet.write_formula(2, 1, words, styles.section(), "")


def _write_check(sheet: Worksheet, styles: Styles, row: int, check: Check) -> None:
    cell, number = styles.listed(), styles.listed(centred=True)
    sheet.set_row(row, _LINE * max(-(-len(check.says) // 56), -(-len(check.fix) // 41), 1))
    texts = (check.form or check.sheet, severity_label(Severity(check.severity)), check.says, check.fix)
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, cell)
    sheet.write_array_formula(row, COUNT, row, COUNT, f"{{=SUM({check.broken})}}", number, 0)
    nth = f"$H{row + 1}"
    # the first sheet has one line: LibreOffice matches nothing in a single value
    first = f"IFERROR(MATCH(1,{check.broken},0),0)" if check.form is not None else f"({check.broken})*1"
    sheet.write_array_formula(row, _NTH, row, _NTH, f"{{={first}}}", cell, 0)
    address = f'"{check.letter}"&({nth}+{check.first_row - 1})'
    link = f'=IF({nth}=0,"",HYPERLINK("#\'{check.sheet}\'!"&{address},{address}))'
    sheet.write_formula(row, PLACE, link, styles.link(), "")
    sheet.write_string(row, PLACE + 1, check.rule, cell)


def colour_cells(sheet: Worksheet, styles: Styles, checks: list[Check], rows: int = LAST_ROW) -> None:
    """Let the cells of a form take the colour of what is wrong in them."""
    for check in checks:
        is_only_empty = check.form is None and check.rule.endswith("-REQUIRED")  # so is every new first sheet
        if check.severity in _COLOURED and len(check.at) <= _SHORT and not is_only_empty:
            column = _index(check.letter)
            sheet.conditional_format(
                check.first_row - 1, column, check.first_row + rows - 2, column,
                {"type": "formula", "criteria": f"={check.at}=1", "format": styles.alarm(check.severity)},
            )  # fmt: skip


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _print_setup(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.6, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST_ROW - 2)
    sheet.hide_gridlines(2)
    sheet.set_footer(f'&R&"{FONT},Regular"&9Trang &P/&N')
