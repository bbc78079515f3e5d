"""A picture of a form becomes the bytes of an xlsx file; the same picture always becomes the same bytes.

Lives here: all that speaks xlsxwriter. Does not live here: what is on a page (``pages.py``), looks (``styles.py``).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ingestion.template import shape
from ingestion.template.book import Book, Column, Formula, Page, Row, Value
from ingestion.template.check_sheet import colour_cells, write_checks
from ingestion.template.cover_sheet import write_cover
from ingestion.template.styles import FONT, Styles
from ingestion.template.surroundings import write_extra, write_lists
from ingestion.template.validation import LAST_ROW, validation

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_PAGE_WIDTH = 150.0
_LINE = 15
_BOLD_MARGIN = 2
"""Characters by which a column holds less of a bold header than of figures."""
_TITLE_WIDTH = 1.2
"""Widths of a figure that a letter of a title takes: bold, three points larger (B09 as LibreOffice prints it)."""
_PROTECTION = {
    "format_columns": True, "format_rows": True, "insert_rows": True, "delete_rows": True, "sort": True,
    "autofilter": True, "select_locked_cells": True, "select_unlocked_cells": True,
}  # fmt: skip


def workbook_bytes(book: Book) -> bytes:
    """The xlsx file of a form. Deterministic: its dates come from the form's year, never from the clock."""
    target = BytesIO()
    workbook = _workbook(target)
    workbook.set_properties(
        {
            "title": book.title,
            "author": "Sở Nội vụ tỉnh Lạng Sơn",
            "created": datetime(book.year, 1, 1),
        }
    )
    if book.edition:
        workbook.set_custom_property(shape.EDITION_PROPERTY, book.edition)
    styles = Styles(workbook)
    write_cover(workbook, styles, book)
    sources = {name: f"={cells}" for name, cells in book.list_ranges().items()}
    sheets = [workbook.add_worksheet(page.name) for page in book.pages]
    write_checks(workbook, styles, book)
    if book.lists:
        write_lists(workbook, styles, book)
    for sheet, page in zip(sheets, book.pages, strict=True):
        colour_cells(sheet, styles, [check for check in book.checks if check.form == page.code])
        _write_page(sheet, styles, page, sources)
    for extra in book.extras:
        write_extra(workbook, styles, extra)
    workbook.close()
    return target.getvalue()


def _workbook(target: BytesIO) -> Workbook:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    class Plain(Worksheet):
        """A sheet whose formulas are taken as they are: looking for functions newer than 2007 is half of the time."""

        def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
            return formula.removeprefix("{").removeprefix("=").removesuffix("}")

    class Locked(Workbook):
        """A workbook whose sheets cannot be renamed, moved or deleted (xlsxwriter has no option for it)."""

        def _write_workbook_pr(self) -> None:
            super()._write_workbook_pr()
            self._xml_empty_tag("workbookProtection", [("lockStructure", 1)])

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = Locked(target, options)
    workbook.worksheet_class = Plain
    workbook.formats[0].set_font_name(FONT)
    workbook.formats[0].set_font_size(11)
    return workbook


def _write_page(sheet: Worksheet, styles: Styles, page: Page, sources: dict[str, str]) -> None:
    _print_setup(sheet, page)
    for index, column in enumerate(page.columns):
        sheet.set_column(index, index, column.width, styles.beyond(column.kind))
    _write_head(sheet, styles, page)
    first = page.first_row - 1
    formats = [styles.input(column.kind) for column in page.columns]
    for offset, row in enumerate(page.rows):
        _write_row(sheet, styles, first + offset, row, page.columns, formats)
        lines = _lines(row, page.columns)
        if row.hidden or lines > 1:
            height = _LINE * lines if lines > 1 else None
            sheet.set_row(first + offset, height, None, {"hidden": row.hidden})
    end = first + len(page.rows)
    for offset in range(page.spare_rows):
        for index, cell_format in enumerate(formats):
            sheet.write_blank(end + offset, index, None, cell_format)
    _guide(sheet, styles, page, sources, first, end + page.spare_rows)
    begins = _first_blank(page)
    sheet.set_selection(*begins, *begins)
    sheet.protect("", _PROTECTION)


def _write_head(sheet: Worksheet, styles: Styles, page: Page) -> None:
    for index, text in enumerate(page.above):
        sheet.write_string(index, 0, text, styles.line(bold=True))
    start = len(page.above)
    blank = styles.line()
    columns = _first_page(page.columns)
    title = styles.title(centred=_has_room(page.title, page.columns[:columns]))
    for offset, (text, cell_format) in enumerate(
        ((page.title, title), (page.agency_line, styles.line()), (page.guide, styles.line(italic=True)))
    ):
        sheet.set_row(start + offset, 24 if offset == 0 else 16, blank)
        sheet.write_string(start + offset, 0, text, cell_format)
    for index in range(1, columns if _has_room(page.title, page.columns[:columns]) else 1):
        sheet.write_blank(start, index, None, title)
    header = page.header_row - 1
    lines = max(len(wrap(column.header, int(column.width) - _BOLD_MARGIN)) for column in page.columns)
    sheet.set_row(header, 16 * min(max(2, lines), 6))
    for index, column in enumerate(page.columns):
        sheet.write_string(header, index, column.header, styles.header(column.required))
        if page.has_number_row:
            sheet.write_string(header + 1, index, f"({index + 1})", styles.numbering())


def _first_page(columns: list[Column]) -> int:
    """How many columns the first printed page holds, over which the title is centred."""
    width, count = 0.0, 0
    for column in columns:
        width += column.width
        count += width <= _PAGE_WIDTH
    return max(count, 1)


def _has_room(title: str, columns: list[Column]) -> bool:
    """Whether a title fits over the columns: centred over fewer it is cut off at both ends, on paper and on screen."""
    return len(title) * _TITLE_WIDTH <= sum(column.width for column in columns)


def _write_row(sheet: Worksheet, styles: Styles, at: int, row: Row, columns: list[Column], formats: list[Any]) -> None:
    if row.loose is not None:
        for index, value in row.loose.items():
            write_value(sheet, at, index, value, styles.input(_loose_kind(columns, index, value)), styles)
        return
    for index, column in enumerate(columns):
        write_value(sheet, at, index, row.values.get(column.field), formats[index], styles)


def _first_blank(page: Page) -> tuple[int, int]:
    """Where the officer begins (0-based row, column): beside prepared lines, else under the lines that are there."""
    if page.spare_rows:
        return page.first_row - 1 + len(page.rows), 1
    known = page.rows[0].values if page.rows else {}
    blank = (index for index, column in enumerate(page.columns) if known.get(column.field) is None)
    return page.first_row - 1, next(blank, 1)


def _lines(row: Row, columns: list[Column]) -> int:
    """How many lines the longest text of a row needs in its column; rows that need one grow by themselves."""
    texts = ((column.width, row.values.get(column.field)) for column in columns)
    return max(
        (-(-len(text) // max(int(width * 0.95), 1)) for width, text in texts if isinstance(text, str)), default=1
    )


def _loose_kind(columns: list[Column], index: int, value: Value) -> str:
    """How a cell of a line that is no data looks: text, or a number as that column shows numbers."""
    if isinstance(value, str):
        return "text"
    kind = columns[index].kind if index < len(columns) else "general"
    return kind if kind in ("integer", "decimal", "year") else "general"


def write_value(sheet: Worksheet, row: int, column: int, value: Value, cell_format: Any, styles: Styles) -> None:
    """Write one value as the kind of cell it is; a number in a text column is a number there, as in real files."""
    if value is None:
        sheet.write_blank(row, column, None, cell_format)
    elif isinstance(value, Formula):
        sheet.write_formula(row, column, value.text, cell_format, "" if value.result is None else value.result)
    elif isinstance(value, bool):
        sheet.write_string(row, column, shape.YES if value else shape.NO, cell_format)
    elif isinstance(value, (int, float, Decimal)):
        if cell_format.num_format == "@":
            cell_format = styles.input("general")
        sheet.write_number(row, column, value, cell_format)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, cell_format)
    else:
        sheet.write_string(row, column, value, cell_format)


def _guide(sheet: Worksheet, styles: Styles, page: Page, sources: dict[str, str], first: int, ruled_to: int) -> None:
    for index, column in enumerate(page.columns):
        if column.kind != "number":
            options = validation(column, sources.get(column.codes or ""))
            sheet.data_validation(first, index, LAST_ROW, index, options)
    last = len(page.columns) - 1
    criteria = f"=COUNTA($B{ruled_to + 1}:${page.letter(page.columns[-1].field)}{ruled_to + 1})>0"
    sheet.conditional_format(
        ruled_to, 0, LAST_ROW, last, {"type": "formula", "criteria": criteria, "format": styles.ruled()}
    )


def _print_setup(sheet: Worksheet, page: Page) -> None:
    width = sum(column.width for column in page.columns)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(max(1, round(width / _PAGE_WIDTH)), 0)
    sheet.repeat_rows(page.header_row - 1, page.first_row - 2)
    sheet.freeze_panes(page.first_row - 1, min(3, len(page.columns) - 1))
    sheet.center_horizontally()
    agency = page.agency_line.replace("&", "&&")
    sheet.set_header(f'&R&"{FONT},Italic"&9{agency}  ·  &"{FONT},Bold"Biểu {page.code}')
    sheet.set_footer(f'&R&"{FONT},Regular"&9Trang &P/&N')
    if width > _PAGE_WIDTH:
        sheet.repeat_columns(0, 2)
