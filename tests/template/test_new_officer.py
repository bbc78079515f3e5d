"""A new officer: five mistakes in the form, the file comes back, and what it says is enough to put all right."""

import datetime as dt
from pathlib import Path

import openpyxl

from expectations.contracts.load import load
from expectations.home import Home
from ingestion.check import check
from ingestion.template.writer import workbook_bytes
from tests.template.officer import columns_of, fill_in
from tests.template.random_forms import YEAR, book_of

RESULT = "Kết quả kiểm tra"
MISTAKES = {
    "national_id": "00319000012",
    "birth_date": "31/13/1990",
    "degree": "Th.s",
    "talent_group": None,
    "started_on": "cuối năm 2023",
}
RIGHT = {
    "Số định danh cá nhân (CCCD)": "003190000123",
    "Ngày sinh": dt.date(1990, 5, 6),
    "Trình độ": "Thạc sĩ",
    "Nhóm nhân tài": "Cán bộ, công chức, viên chức, người lao động có năng lực nổi trội",
    "Ngày bắt đầu làm việc": dt.date(2025, 3, 13),
}
"""What the officer finds in the papers once told which column is wrong and what it needs."""


def told(path: Path) -> list[dict[str, str]]:
    rows = list(openpyxl.load_workbook(path)[RESULT].iter_rows(values_only=True))
    top = next(i for i, row in enumerate(rows) if row[0] == "STT")
    lines = [dict(zip(rows[top], row, strict=True)) for row in rows[top + 1 :] if row[9]]
    return [line for line in lines if line["Mức"] != "Lưu ý"]


def test_five_mistakes_are_put_right_from_the_answer_alone(tmp_path: Path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "sample.json").write_text("{}")
    home, path = Home(tmp_path / "home"), tmp_path / "SNV_2025.xlsx"
    path.write_bytes(workbook_bytes(book_of("SNV")))
    book = openpyxl.load_workbook(path)
    fill_in(book, YEAR)
    first, columns = columns_of(book, load("talents"))
    for field, value in MISTAKES.items():
        book["B03"].cell(first, columns[field]).value = value
    book.save(path)

    answer = check([path], home, tmp_path / "back")[0].annotated
    assert answer is not None
    lines = told(answer)
    assert {line["Cột"] for line in lines} == set(RIGHT), "every mistake is told, nothing else is"
    assert all(line["Ô"] and line["Cần"] and line["Cách sửa"] for line in lines)
    headers = {cell.value for cell in openpyxl.load_workbook(answer)["B03"][4]}
    assert "Ghi chú" in headers or not any("Ghi chú" in line["Cách sửa"] for line in lines)

    book = openpyxl.load_workbook(answer)
    for line in lines:
        book[line["Trang"]][line["Ô"]].value = RIGHT[line["Cột"]]
    book.save(tmp_path / "SNV_2025_sua.xlsx")
    again = check([tmp_path / "SNV_2025_sua.xlsx"], home)[0]
    assert [(f.rule, f.cell) for f in again.findings] == []
