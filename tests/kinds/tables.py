"""Kinds D030–D063, D121, D210 and rows F18, F19: sheets and headers as officers keep their tables.

Lives here: what is wrong with a table. Does not live here: its lines (lines.py), single cells (cells.py).
"""

from __future__ import annotations

import unicodedata
from copy import deepcopy

import openpyxl

from ingestion.template.book import Column, Extra, Value
from tests.kinds.forms import Form, Kind, Place, Plant, about_sheet, kind


def _named(form: str, name: str) -> Plant:
    def plant(f: Form) -> Place:
        f.page(form).name = name
        return Place(form)

    return plant


def _reordered(f: Form) -> None:
    f.book.pages.reverse()


def _stacked(f: Form) -> Place:
    """B04's table under B03's, and B04's own sheet left empty."""
    below = f.page("B04")
    f.line("B03", {0: below.title})
    f.line("B03", {i: column.header for i, column in enumerate(below.columns)})
    row = below.rows[0].values
    f.line("B03", {i: row.get(column.field) for i, column in enumerate(below.columns)})
    f.nil("B04", said=False)
    return Place("B04")


def _unit_sheets(f: Form) -> Place:
    """One sheet for each subordinate unit beside the sheet of the whole."""
    part = deepcopy(f.page("B02"))
    part.name = "Trường THPT mẫu"
    f.book.pages.append(part)
    return Place(part.name)


def _hidden_extra(f: Form) -> Place:
    f.book.extras.append(Extra("Số cũ", ["Số liệu năm trước", "12"], is_hidden=True))
    return Place("Số cũ")


def _hidden_rows(f: Form) -> Place:
    f.page("B03").rows[0].hidden = True
    return Place("B03")


def _hidden_columns(f: Form) -> Place:
    letter = f.page("B03").letter("started_on")

    def edit(book: openpyxl.Workbook) -> None:
        book["B03"].column_dimensions[letter].hidden = True

    f.edited(edit)
    return Place("B03")


def _notes_sheet(f: Form) -> Place:
    f.book.extras.append(Extra("Theo dõi nội bộ", ["Các việc cần hỏi lại", "1. Số liệu quý IV"]))
    return Place("Theo dõi nội bộ")


def _beside(f: Form) -> Place:
    """A second table of the same form right of the first."""
    page = f.page("B02")
    more = [Column(f"{c.field}_2", c.header, c.kind) for c in page.columns[1:]]
    first = len(page.columns)
    page.columns += more
    return Place(page.name, f"{page.letter(page.columns[first].field)}{page.header_row}")


def _without(form: str, field: str) -> Plant:
    def plant(f: Form) -> Place:
        f.page(form).columns.remove(f.page(form).column(field))
        return Place(form)

    return plant


def _titles(f: Form) -> None:
    f.page("B03").above = ["ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Đơn vị tính: người"]


def _two_levels(f: Form) -> Place:
    """ "Quyết định thu hút" over "Số" and "Ngày", as on paper: nobody can say whose number it is."""
    f.header("B03", "attraction_number", "Số")
    f.header("B03", "attraction_decided_on", "Ngày")
    letter = f.page("B03").letter("attraction_number")

    def edit(book: openpyxl.Workbook) -> None:
        book["B03"][f"{letter}3"] = "Quyết định thu hút"

    f.edited(edit)
    return Place("B03")


def _merged_header(f: Form) -> None:
    """A header over two lines, its cells merged downwards."""
    page = f.page("B03")
    page.has_number_row = False
    page.rows.insert(0, deepcopy(page.rows[0]))
    page.rows[0].values = {}
    page.rows[0].loose = {}
    below = page.header_row

    def edit(book: openpyxl.Workbook) -> None:
        for column in range(1, len(page.columns) + 1):
            book["B03"].merge_cells(start_row=below, end_row=below + 1, start_column=column, end_column=column)

    f.edited(edit)


def _other_numbers(*marks: Value) -> Plant:
    def plant(f: Form) -> None:
        page = f.page("B02")
        page.has_number_row = False
        f.line("B02", dict(enumerate(marks)), at=0)

    return plant


def _headers(form: str, **texts: str) -> Plant:
    def plant(f: Form) -> Place:
        places = [f.header(form, field, text) for field, text in texts.items()]
        return places[0]

    return plant


def _unit_above(f: Form) -> Place:
    f.page("B06").guide = "ĐVT: nghìn đồng"
    return Place("B06", "A3")


def _two_names(f: Form) -> Place:
    """ "Họ đệm" and "Tên" in place of one name."""
    page = f.page("B03")
    f.header("B03", "full_name", "Họ đệm")
    page.columns.insert(2, Column("given", "Tên", "text"))
    return Place("B03", page.header_cell("given"))


def _by_sex(f: Form) -> Place:
    """ "Năm sinh: Nam | Nữ" in place of a day of birth and a sex."""
    f.header("B03", "birth_date", "Năm sinh: Nam")
    f.header("B03", "sex", "Nữ")
    return Place("B03")


def _note_column(f: Form) -> Place:
    page = f.page("B03")
    page.columns.insert(4, Column("note", "Ghi chú riêng", "text"))
    return Place("B03", page.header_cell("note"))


def _rotated(f: Form) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        for header in book["B03"][4]:
            header.alignment = openpyxl.styles.Alignment(textRotation=90)

    f.edited(edit)


def _twice(f: Form) -> Place:
    page = f.page("B02")
    page.columns.append(Column("again", page.column("recruits_count").header, "integer"))
    return Place("B02", page.header_cell("again"))


def _first_header(text: str) -> str:
    return unicodedata.normalize("NFD", text)


SHEETS = (
    kind("D030 F19", "a sheet under another name", _named("B03", "Biểu 03 (2)"), "TEP-THIEU_TRANG", "blocker"),
    kind("D030", "spaces and case of a sheet's name", _named("B03", "b03 "), None, None),
    kind("D031", "sheets in another order", _reordered, None, None),
    kind("D031", "two forms on one sheet", _stacked, "B04-FORM-MISSING", "error"),
    kind("D032", "a sheet for each unit", _unit_sheets, "TEP-TRANG_GIONG_BIEU", "blocker"),
    kind("D033 F18", "a hidden sheet", _hidden_extra, "TEP-TRANG_AN", "blocker"),
    kind("D034 F18", "hidden rows", _hidden_rows, "B03-HIDDEN-ROWS", "note"),
    kind("D034", "hidden columns", _hidden_columns, "B03-HIDDEN-COLUMNS", "note"),
    kind("D035", "a sheet of notes", _notes_sheet, "TEP-TRANG_LA", "note"),
    kind("D037", "a second table beside the first", _beside, "TEP-COT_TRUNG", "blocker"),
    kind(
        "D039",
        "headers again",
        about_sheet("B03", lambda f: f.line("B03", {i: c.header for i, c in enumerate(f.page("B03").columns)})),
        "B03-ROWS-SKIPPED",
        "note",
        words="tiêu đề lặp lại",
    ),
    kind("D040 F19", "a column that older forms lack", _without("B03", "started_on"), "TEP-THIEU_COT", "blocker"),
)
HEADERS = (
    kind("D050", "title rows above", _titles, None, None),
    kind("D051", "two levels of headers", _two_levels, "TEP-THIEU_COT", "blocker"),
    kind("D052", "headers merged downwards", _merged_header, None, None),
    kind("D053", "1 2 3 typed by hand", _other_numbers(1, 2, 3, 4, 5, 6, 7), None, None),
    kind("D053", "A B 1 2", _other_numbers("A", "B", "C", 1, 2, 3, 4), None, None),
    kind(
        "D053 D057",
        "columns moved with their numbers",
        _other_numbers("(1)", "(2)", "(4)", "(3)", "(7)", "(5)", "(6)"),
        None,
        None,
    ),
    kind("D053", "with formulas", _other_numbers("1", "2", "3", "4=5+6", "5", "6", "7"), None, None),
    kind(
        "D054",
        "line breaks and odd spaces",
        _headers(
            "B03", national_id="Số định danh\ncá  nhân\u00a0(CC\u00adCD)", started_on="Ngày bắt đầu\u200b làm việc "
        ),
        None,
        None,
    ),
    kind("D055", "a synonym", _headers("B03", full_name="HỌ TÊN"), "B03-SYNONYM", "note"),
    kind("D121", "a name in two columns", _two_names, "TEP-THIEU_COT", "blocker", words="Họ và tên"),
    kind("D056", "years of birth by sex", _by_sex, "TEP-THIEU_COT", "blocker"),
    kind("D057 F19", "columns in another order", lambda f: f.page("B03").columns.reverse(), None, None),
    kind("D057", "a column inserted", _note_column, "TEP-COT_LA", "note"),
    kind("D058", "rotated headers", _rotated, None, None),
    kind(
        "D060",
        "headers in NFD",
        lambda f: [f.header("B03", c.field, _first_header(c.header)) for c in f.page("B03").columns] and None,
        None,
        None,
    ),
    kind(
        "D061", "headers in TCVN3", about_sheet("B03", _headers("B03", full_name="Hä vµ tªn")), "TEP-BANG_MA_CU", "note"
    ),
    kind("D062 F19", "one header twice", _twice, "TEP-COT_TRUNG", "blocker"),
    kind(
        "D063",
        "another unit in the header",
        _headers("B06", spent_amount="Kinh phí đã thực hiện (nghìn đồng)"),
        "TEP-DON_VI_TINH",
        "blocker",
    ),
    kind("D063 D203", "another unit above the table", _unit_above, "TEP-DON_VI_TINH", "blocker", words="nghìn đồng"),
    kind(
        "D210",
        "times where persons are asked",
        _headers("B02", recruits_count="Số tuyển dụng mới (lượt người)"),
        "TEP-DON_VI_TINH",
        "blocker",
    ),
    kind(
        "D063",
        "the form's unit in the header",
        _headers("B06", spent_amount="Kinh phí đã thực hiện (triệu đồng)"),
        "B06-SYNONYM",
        "note",
    ),
)
KINDS: tuple[Kind, ...] = (*SHEETS, *HEADERS)
