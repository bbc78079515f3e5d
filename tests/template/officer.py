"""An officer at the form: fills the cells that may be filled by what the headers say, by openpyxl, never by position.

The values are those of ``tests/builders.py`` (written by hand, not by our writer); codes as the dropdown offers them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import openpyxl

from expectations.contracts.load import all_contracts, load
from expectations.contracts.model import Contract
from ingestion.template.pages import shown
from tests.builders import VALID

COVER = "Thông tin chung"
ANSWERS = {
    "task_progress": {"status": "dang_thuc_hien"},
    "task_outputs": {"planned_count": 3, "actual_count": 2},
}
"""What is written beside the tasks that stand on the form already."""


def fill_in(book: openpyxl.Workbook, year: int) -> None:
    """Fill cover and prepared lines of tasks, one line in each form that has a valid row; mark the others nil."""
    cover = book[COVER]
    places = labels_of(book)
    for field, value in (
        ("figures_as_of", dt.date(year, 11, 30)),
        ("document_number", "45/BC-CQ"),
        ("document_date", dt.date(year, 12, 1)),
        ("prepared_by", "Nông Thị Thử"),
        ("approved_by", "Lý Văn Mẫu"),
    ):
        cover[places[load("cover").field(field).label.vi]] = value
    for contract in all_contracts():
        if contract.sheet is None or contract.sheet.code not in book.sheetnames or contract.name == "cover":
            continue
        if contract.name in ANSWERS:
            _beside_prepared_lines(book, contract)
        elif contract.name in VALID:
            _one_line(book, contract, VALID[contract.name])
        else:
            cover[nil_cells(book)[contract.sheet.code]] = "x"


def labels_of(book: openpyxl.Workbook) -> dict[str, str]:
    """Label on the first sheet → address of the cell right of it."""
    cells = (cell for row in book[COVER].iter_rows(max_col=1) for cell in row if isinstance(cell.value, str))
    return {cell.value: f"B{cell.row}" for cell in cells}


def nil_cells(book: openpyxl.Workbook) -> dict[str, str]:
    """Form code → address of its "không phát sinh" cell."""
    top = next(cell.row for (cell,) in book[COVER].iter_rows(max_col=1) if cell.value == "Biểu")
    return {row[0].value: f"C{row[0].row}" for row in book[COVER].iter_rows(min_row=top + 1, max_col=1) if row[0].value}


def columns_of(book: openpyxl.Workbook, contract: Contract) -> tuple[int, dict[str, int]]:
    """(first row under the headers, field → column)."""
    sheet = book[contract.sheet.code]  # type: ignore[union-attr]
    labels = {field.label.vi: field.name for field in contract.form_fields}
    for row in sheet.iter_rows(max_row=20):
        found = {labels[cell.value]: cell.column for cell in row if cell.value in labels}
        if len(found) == len(labels):
            return row[0].row + 2, found
    raise AssertionError(f"{sheet.title}: no header row")


def in_a_cell(contract: Contract, field: str, value: Any) -> Any:
    """The value as the officer sees it: codes by the label that the dropdown offers."""
    known = contract.field(field)
    if known.code_list is None:
        return value
    try:
        return shown(known.code_list, value)
    except KeyError:
        return value  # a label already


def _one_line(book: openpyxl.Workbook, contract: Contract, values: dict[str, Any]) -> None:
    first, columns = columns_of(book, contract)
    for field, value in values.items():
        book[contract.sheet.code].cell(first, columns[field]).value = in_a_cell(contract, field, value)  # type: ignore[union-attr]


def _beside_prepared_lines(book: openpyxl.Workbook, contract: Contract) -> None:
    sheet = book[contract.sheet.code]  # type: ignore[union-attr]
    first, columns = columns_of(book, contract)
    for row in range(first, sheet.max_row + 1):
        if sheet.cell(row, columns["task_code"]).value:
            for field, value in ANSWERS[contract.name].items():
                sheet.cell(row, columns[field]).value = in_a_cell(contract, field, value)
