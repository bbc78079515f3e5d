"""Kinds D038, D070–D087 and rows C16, C20: the lines of officers' tables that are no data, or are data twice.

Lives here: lines. Does not live here: sheets and headers (tables.py), single cells (cells.py).
"""

from __future__ import annotations

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from ingestion.template.book import Formula, Value
from tests.kinds.forms import Form, Kind, Place, Plant, about_sheet, at_field, kind


def _total(form: str, word: str, add: int = 0, at: int | None = None) -> Plant:
    """A total of the amounts, `add` too high."""
    field = {"B02": "recruits_count", "B06": "spent_amount"}[form]

    def plant(f: Form) -> Place:
        page = f.page(form)
        number = page.columns.index(page.column(field))
        amount = page.rows[0].values[field]
        row = f.line(form, {1: word, number: float(str(amount)) + add}, at=at)
        return Place(form, page.cell(row, field) if add else None)

    return plant


def _total_missing_a_row(f: Form) -> Place:
    """A SUM whose range ends before the last row."""
    page = f.page("B06")
    f.add("B06", purpose="Đào tạo, bồi dưỡng", spent_amount=30)
    number = page.columns.index(page.column("spent_amount"))
    row = f.line("B06", {1: "Tổng cộng", number: Formula("=SUM(H6:H6)", 120.5)})
    return Place("B06", page.cell(row, "spent_amount"))


def _sum_of_groups(f: Form) -> Place:
    """Group lines with their sums, and the sum of all: every one is right."""
    number = f.page("B06").columns.index(f.page("B06").column("spent_amount"))
    f.line("B06", {0: "I", 1: "Thu hút"}, at=0)
    f.line("B06", {1: "Cộng I", number: 120.5})
    f.line("B06", {0: "II", 1: "Đào tạo"})
    f.add("B06", purpose="Đào tạo, bồi dưỡng", spent_amount=30)
    f.line("B06", {1: "Cộng II", number: 30})
    f.line("B06", {1: "Tổng cộng", number: 150.5})
    return Place("B06")


def _groups(f: Form) -> None:
    f.line("B03", {0: "I", 1: "Khối cơ quan"}, at=0)


def _merged_title(f: Form) -> None:
    f.line("B03", {1: "Khối huyện"}, at=0)
    f.edited(lambda book: book["B03"].merge_cells("B6:H6"))


def _serials(f: Form) -> None:
    f.add("B03", full_name="Lương Thị Giả", national_id="003190000222", STT=None)
    f.page("B03").rows[0].values["STT"] = "01"


def _below(*lines: dict[int, Value]) -> Plant:
    def plant(f: Form) -> None:
        for cells in lines:
            f.line("B03", cells)

    return plant


def _below_signatures(f: Form) -> Place:
    """A numbered line with three cells that somebody added at the very end; its status is no status."""
    page = f.page("B07")
    task = page.rows[0].values["task_code"]
    f.line("B07", {1: "NGƯỜI LẬP BIỂU", 4: "THỦ TRƯỞNG ĐƠN VỊ"})
    row = f.line("B07", {0: 99, 1: task, 2: "xong"})
    return Place(page.name, page.cell(row, "status"))


def _nil_in_table(word: Value) -> Plant:
    def plant(f: Form) -> Place:
        f.nil("B04", said=False)
        f.line("B04", {1: word})
        return Place("B04")

    return plant


def _nil_and_rows(f: Form) -> Place:
    next(owed for owed in f.book.owed if owed.code == "B06").is_nil = True
    return Place(f.book.cover_name, f.book.nil_cell("B06"))


def _nil_mark(f: Form) -> Place:
    f.nil("B04", said=False)
    place = f.book.nil_cell("B04")
    f.edited(lambda book: book[f.book.cover_name].__setitem__(place, "xem phụ lục"))
    return Place(f.book.cover_name, place)


def _two_lines(f: Form) -> Place:
    f.add("B03", degree="Thạc sĩ", national_id=None, full_name=None)
    f.edited(lambda book: book["B03"].merge_cells("B6:B7"))
    return Place("B03", "B6")


def _again(f: Form) -> Place:
    row = f.add("B03", degree="Thạc sĩ")
    return Place("B03", f.page("B03").cell(row, "national_id"))


def _children(f: Form) -> Place:
    """The whole, and one of its schools, with the same form and kind of staff."""
    row = f.add("B02", recruits_count=2, first_time_count=1, talents_count=0)
    return Place("B02", f.page("B02").cell(row, "recruitment_form"))


def _sample(f: Form) -> None:
    f.add("B03", STT="VD", full_name="Nguyễn Văn A", national_id="000085000000")


def _struck(f: Form) -> Place:
    page = f.page("B03")
    f.add("B03", full_name="Lương Thị Giả", national_id="003190000222")

    def edit(book: openpyxl.Workbook) -> None:
        for target in book["B03"][page.row_number(page.rows[1])]:
            target.font = Font(strike=True)

    f.edited(edit)
    return Place("B03", f"B{page.row_number(page.rows[1])}")


def _red(f: Form) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        for target in book["B03"][6]:
            target.fill = PatternFill("solid", fgColor="FFFF0000")

    f.edited(edit)


def _comment(f: Form) -> None:
    f.edited(lambda book: setattr(book["B03"]["B6"], "comment", Comment("đã nghỉ từ tháng 8", "người lập")))


KINDS: tuple[Kind, ...] = (
    kind("D070 C20", "a total", _total("B02", "TỔNG SỐ"), "B02-ROWS-SKIPPED", "note", words="dòng tổng"),
    kind("D070", "a total in TCVN3", _total("B02", "Tæng céng"), "B02-ROWS-SKIPPED", "note", words="dòng tổng"),
    kind("D070", "a total at the top", _total("B06", "Tổng cộng", at=0), "B06-ROWS-SKIPPED", "note", words="dòng tổng"),
    kind("D038 D071", "group lines", about_sheet("B03", _groups), "B03-ROWS-SKIPPED", "note", words="tiêu đề nhóm"),
    kind(
        "D072",
        "a title merged across",
        about_sheet("B03", _merged_title),
        "B03-ROWS-SKIPPED",
        "note",
        words="tiêu đề nhóm",
    ),
    kind("D073", "serial numbers", _serials, None, None),
    kind(
        "D074",
        "signatures",
        _below(
            {1: "NGƯỜI LẬP BIỂU", 7: "THỦ TRƯỞNG ĐƠN VỊ"},
            {1: "(Ký, ghi rõ họ tên)"},
            {1: "Lương Thị Giả", 7: "Lý Văn Mẫu"},
        ),
        None,
        None,
    ),
    kind(
        "D075", "footnotes", _below({1: "Ghi chú: số liệu đến ngày chốt"}, {1: "(*) Gồm cả người hợp đồng"}), None, None
    ),
    kind("D074", "a line of data below the signatures", _below_signatures, "B07-STATUS-CODE", "error"),
    kind("D076", "blank lines", _below({}, {}, {1: " "}), None, None),
    kind("D077", "nil said in the table", _nil_in_table("Không phát sinh"), "B04-NIL-IN-SHEET", "note"),
    kind(
        "D077",
        "a dash for nil",
        at_field("B04", "national_id", _nil_in_table("-")),
        "B04-NATIONAL_ID-REQUIRED",
        "error",
    ),
    kind("D077", "marked nil, and there are rows", _nil_and_rows, "B06-NIL-ROWS", "error"),
    kind("D077", "a nil cell that says something else", _nil_mark, "COVER-NIL-MARK", "error"),
    kind("D078 C16", "one person over two lines", _two_lines, "B03-MERGED-ROW", "error"),
    kind("D079", "one person twice", _again, "B03-KEY-UNIQUE", "error"),
    kind("D080 C20", "a total that is not the sum", _total("B06", "Tổng cộng", add=25), "B06-TOTAL-MISMATCH", "query"),
    kind(
        "D080",
        "a total at the top that is not the sum",
        _total("B06", "Tổng cộng", add=25, at=0),
        "B06-TOTAL-MISMATCH",
        "query",
    ),
    kind("D038", "a sum for each group", _sum_of_groups, "B06-ROWS-SKIPPED", "note"),
    kind("D081", "a sum that misses a row", _total_missing_a_row, "B06-TOTAL-MISMATCH", "query"),
    kind("D082", "parent and child", _children, "B02-KEY-UNIQUE", "error"),
    kind("D083", "the sample row", about_sheet("B03", _sample), "B03-ROWS-SKIPPED", "note", words="dòng mẫu"),
    kind("D086", "a line struck through", _struck, "B03-STRUCK-ROW", "query"),
    kind("D086", "colours", _red, None, None),
    kind("D087", "a comment", _comment, None, None),
)
