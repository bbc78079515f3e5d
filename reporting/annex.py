"""`phu-luc.xlsx`: a contents page and one sheet a table, values only, ready to print.

Does not live here: which annexes and figures there are (``tables``). No formula, link, comment, hidden sheet or macro
is ever written; `package_check` refuses the file otherwise.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from reporting import fixed_bytes
from reporting.document.grid import notes_of
from reporting.document.letterhead import attached_to
from reporting.narrative.blocks import LETTERS
from reporting.narrative.steering import title as report_title
from reporting.package_check import check_package
from reporting.publication.facts import EditionFacts
from reporting.tables.model import SECTION, TOTAL, Annex, Cell, Column, Table
from reporting.tables.registry import all_annexes
from reporting.warehouse import Report

CONTENTS = "Mục lục"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_FONT = {"font_name": "Times New Roman", "font_size": 11}
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_MM_PER_UNIT = 1.9  # one unit of an Excel column is about one digit
_HEAD_ROWS = 6
_LINE = 14.5  # points


class Book:
    """The workbook being written: its formats, made once each, and the names its sheets have."""

    def __init__(self, path: Path) -> None:
        import xlsxwriter

        self.file = xlsxwriter.Workbook(str(path), _OPTIONS)
        self.file.set_properties({"author": "", "title": "", "comments": ""})
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, **looks: Any) -> Any:
        """The cell format with these looks, in the font of the report."""
        key = tuple(sorted(looks.items()))
        if key not in self._formats:
            self._formats[key] = self.file.add_format(_FONT | looks)
        return self._formats[key]


def write(report: Report, path: Path, facts: EditionFacts) -> None:
    """Write the annexes of a report that may be published. The same report and facts give the same bytes."""
    book = Book(path)
    annexes = all_annexes(report)
    contents = book.file.add_worksheet(CONTENTS)
    for annex in annexes:
        for position, table in enumerate(annex.tables):
            _sheet(book, annex, position, table)
    _contents(book, contents, report, annexes, facts)
    book.file.close()
    fixed_bytes.settle(path)
    check_package(path)


def sheet_name(annex: Annex, position: int) -> str:
    """``IV.a`` where an annex has several tables, ``V`` where it has one."""
    return annex.number if len(annex.tables) == 1 else f"{annex.number}.{LETTERS[position]}"


def _contents(book: Book, sheet: Any, report: Report, annexes: tuple[Annex, ...], facts: EditionFacts) -> None:
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 1, 78)
    sheet.set_column(2, 2, 34)
    sheet.write_string(0, 0, "PHỤ LỤC BÁO CÁO", book.format(bold=True, font_size=14))
    sheet.write_string(1, 0, report_title(report), book.format(bold=True))
    sheet.write_string(2, 0, attached_to(), book.format(italic=True))
    edition = "DỰ THẢO, chưa phê duyệt" if facts.is_draft else f"Lần phát hành {facts.number}"
    sheet.write_string(3, 0, edition, book.format(bold=facts.is_draft, italic=not facts.is_draft))
    head = book.format(bold=True, border=1, align="center", valign="vcenter", text_wrap=True)
    for column, label in enumerate(("Trang", "Phụ lục", "Tình trạng")):
        sheet.write_string(4, column, label, head)
    row = 5
    for annex in annexes:
        for name, label, state in _entries(annex):
            for column, value in enumerate((name, label, state)):
                sheet.write_string(row, column, value, book.format(border=1, text_wrap=True, valign="top"))
            sheet.set_row(row, 2 + _LINE * max(_lines(label, 78), _lines(state, 34)))
            row += 1
    _print(sheet, False, 4)


def _entries(annex: Annex) -> list[tuple[str, str, str]]:
    if not annex.tables:
        return [(annex.number, annex.title, annex.absent)]
    return [
        (sheet_name(annex, position), f"{annex.title}. {table.title}".removesuffix(". "), "có số liệu")
        for position, table in enumerate(annex.tables)
    ]


def _sheet(book: Book, annex: Annex, position: int, table: Table) -> None:
    sheet = book.file.add_worksheet(sheet_name(annex, position))
    last = len(table.columns) - 1
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, _units(column))
    whole = sum(_units(column) for column in table.columns)
    titles = [(f"Phụ lục {annex.number}", {"bold": True, "font_size": 14})]
    titles += [(f"{annex.title}. {table.title}".removesuffix(". "), {"bold": True, "font_size": 13})]
    titles += [(attached_to(), {"italic": True})]
    for row, (text, looks) in enumerate(titles):
        look = book.format(align="center", valign="vcenter", text_wrap=True, **looks)
        sheet.merge_range(row, 0, row, last, text, look)
        sheet.set_row(row, 3 + _LINE * 1.2 * _lines(text, whole * 0.8))
    if table.unit:
        sheet.merge_range(3, 0, 3, last, f"Đơn vị tính: {table.unit}", book.format(italic=True, align="right"))
    for index, column in enumerate(table.columns):
        sheet.write_string(4, index, column.label, _box(book, bold=True, align="center", valign="vcenter"))
        sheet.write_string(5, index, column.code, _box(book, italic=True, align="center", font_size=10))
    sheet.set_row(4, 3 + _LINE * max(_lines(column.label, _units(column) * 0.85) for column in table.columns))
    sheet.set_row(5, 3 + _LINE * max(_lines(column.code, _units(column)) for column in table.columns))
    _body(book, sheet, table)
    sheet.freeze_panes(_HEAD_ROWS, 0)
    _print(sheet, table.landscape, 4, 5)


def _body(book: Book, sheet: Any, table: Table) -> None:
    last = len(table.columns) - 1
    for position, row in enumerate(table.rows):
        line = _HEAD_ROWS + position
        if row.kind == SECTION:
            said = next(iter(row.cells.values())).text()
            sheet.merge_range(line, 0, line, last, said, _box(book, bold=True))
            continue
        lines = [_lines(row.cells.get(c.key, Cell()).text(), _units(c)) for c in table.columns]
        sheet.set_row(line, 2 + _LINE * max(lines))
        for index, column in enumerate(table.columns):
            _write(book, sheet, line, index, row.cells.get(column.key, Cell()), column, row.kind == TOTAL)
    for offset, note in enumerate(notes_of(table)):
        line = _HEAD_ROWS + len(table.rows) + offset
        look = book.format(italic=True, font_size=10, text_wrap=True, valign="top")
        sheet.merge_range(line, 0, line, last, note, look)
        sheet.set_row(line, 3 + _LINE * _lines(note, sum(_units(column) for column in table.columns)))


def _write(book: Book, sheet: Any, line: int, index: int, cell: Cell, column: Column, bold: bool) -> None:
    """A number as a number, a day as a day, everything else as a text that no program takes for a formula."""
    looks: dict[str, Any] = {"bold": bold, "align": column.side}
    if cell.symbol or cell.value is None or isinstance(cell.value, str):
        text = cell.text()
        if text.startswith(DANGEROUS):
            looks["quote_prefix"] = True
        sheet.write_string(line, index, text, _box(book, **looks))
    elif isinstance(cell.value, date):
        sheet.write_datetime(line, index, cell.value, _box(book, num_format="dd/mm/yyyy", **looks))
    else:
        sheet.write_number(line, index, _number(cell.value), _box(book, num_format=_number_format(cell), **looks))


def _units(column: Column) -> float:
    return max(7, column.width / _MM_PER_UNIT)


def _lines(text: str, units: float) -> int:
    """How many lines a text takes in a column so wide; programs do not all find out by themselves."""
    used, lines = 0, 1
    for word in text.split():
        size = len(word) + 1
        if used and used + size > units + 1:
            lines, used = lines + 1, 0
        lines += int(size / (units + 1))
        used += size
    return lines


def _number(value: int | Decimal) -> int | float:
    return value if isinstance(value, int) else float(value)


def _number_format(cell: Cell) -> str:
    decimals = "." + "0" * cell.places if cell.places else ""
    suffix = f'" {cell.suffix}"' if cell.suffix else ""
    return f"#,##0{decimals}{suffix}"


def _box(book: Book, **looks: Any) -> Any:
    return book.format(**({"border": 1, "text_wrap": True, "valign": "vcenter"} | looks))


def _print(sheet: Any, landscape: bool, first: int, last: int | None = None) -> None:
    """A4, one page wide, the heads repeated, the page number in the middle of the top margin."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(left=1.18, right=0.59, top=0.79, bottom=0.79)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(first, last if last is not None else first)
    sheet.set_header('&C&"Times New Roman,Regular"&13&P')
