"""The first sheet: who, which year, as of which day, how to fill in, how to send, a nil return per form (F6)."""

import datetime as dt
from pathlib import Path

import openpyxl

from expectations.contracts.load import load
from expectations.home import Home
from ingestion.check import check
from ingestion.template.guidance import letterhead
from ingestion.template.owed import senders
from ingestion.template.pages import blank_book
from ingestion.template.writer import workbook_bytes
from tests.template.officer import COVER, columns_of, labels_of, nil_cells


def texts(book: openpyxl.Workbook) -> list[str]:
    return [cell.value for row in book[COVER].iter_rows() for cell in row if isinstance(cell.value, str)]


def test_it_looks_like_a_document_of_the_body_that_reports():
    assert letterhead("Sở Nội vụ", "Ủy ban nhân dân tỉnh Lạng Sơn") == ("ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", "SỞ NỘI VỤ")
    assert letterhead("Ủy ban nhân dân xã Đình Lập", "…") == ("ỦY BAN NHÂN DÂN", "XÃ ĐÌNH LẬP")
    assert letterhead("Văn phòng Ủy ban nhân dân tỉnh", "X") == ("X", "VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH")


def test_it_says_how_to_fill_in_and_by_when_to_send(commune):
    words = "\n".join(texts(commune))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words and "XÃ ĐÌNH LẬP" in words
    assert "trước ngày 30/11/2025 (chậm nhất hết ngày 29/11/2025)" in words
    assert "Xã, phường trong năm không có nhân tài: chỉ điền hai trang" in words


def test_a_department_is_not_told_what_communes_do(department):
    assert "Xã, phường" not in "\n".join(texts(department))


def test_each_form_can_be_opened_from_the_first_sheet_and_marked_nil(department):
    sheet = department[COVER]
    for form, cell in nil_cells(department).items():
        if form in department.sheetnames:
            assert not sheet[cell].protection.locked
            assert sheet[cell.replace("C", "D")].hyperlink.location == f"'{form}'!A1"


def test_a_commune_without_a_talent_fills_two_sheets_and_is_accepted(tmp_path: Path):
    """definitions.md § 1: two sheets, fifteen minutes. What it has to write is counted, not promised."""
    one = next(s for s in senders(2025) if s.agency_code == "06613")
    path = tmp_path / "06613.xlsx"
    path.write_bytes(workbook_bytes(blank_book(one, 2025, "2025.0123456789ab")))
    book = openpyxl.load_workbook(path)
    places = labels_of(book)
    written = {
        "figures_as_of": dt.date(2025, 11, 30),
        "document_number": "12/BC-UBND",
        "document_date": dt.date(2025, 11, 30),
        "prepared_by": "Nông Thị Thử",
        "approved_by": "Lý Văn Mẫu",
    }
    touched = {COVER}
    for field, value in written.items():
        book[COVER][places[load("cover").field(field).label.vi]] = value
    nil = [form for form in nil_cells(book) if form in book.sheetnames and form != "B07"]
    for form in nil:
        book[COVER][nil_cells(book)[form]] = "x"
    first, columns = columns_of(book, load("task_progress"))
    tasks = 0
    while book["B07"].cell(first + tasks, columns["task_code"]).value:
        book["B07"].cell(first + tasks, columns["status"]).value = "Đang thực hiện"
        touched.add("B07")
        tasks += 1
    book.save(path)
    assert touched == {COVER, "B07"}
    assert len(written) + len(nil) + tasks <= 25
    (tmp_path / "home").mkdir()
    verdict = check([path], Home(tmp_path / "home"))[0]
    assert [(f.rule, f.cell) for f in verdict.findings] == []
