"""One set of figures: document, workbook and page print the cells that the report models hold, cell by cell."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reporting import page
from reporting.annex import sheet_name
from reporting.numbers import day_in_table, written
from reporting.tables.model import SECTION, Table
from reporting.tables.registry import all_annexes
from reporting.warehouse import Report
from tests.reporting.document.conftest import FACTS
from tests.reporting.document.word import Word
from tests.reporting.page.parsed import parse

HEAD = 6


def grid_of(table: Table) -> list[list[str]]:
    """The printed cells; a section is one cell over the whole width."""
    return [
        [next(iter(row.cells.values())).text()] if row.kind == SECTION else cells
        for row, cells in zip(table.rows, table.grid(), strict=True)
    ]


def without_empty_columns(grid: list[list[str]]) -> list[list[str]]:
    """The page leaves out a column in which nothing stands; sections (one cell) have none to lose."""
    whole = [row for row in grid if len(row) > 1]
    kept = [i for i in range(len(whole[0])) if any(row[i] for row in whole)] if whole else []
    return [row if len(row) == 1 else [row[i] for i in kept] for row in grid]


def as_printed(cell: Any) -> str:
    """A cell of the workbook as Excel shows it to a Vietnamese reader."""
    value, shown = cell.value, cell.number_format
    if value is None:
        return ""
    if isinstance(value, datetime):
        return day_in_table(value.date())
    if isinstance(value, str):
        return value
    pattern, _, suffix = shown.partition('" ')
    decimals = pattern.split(".")[1] if "." in pattern else ""
    printed = written(Decimal(repr(value)), len(decimals))
    return f"{printed} {suffix.rstrip(chr(34))}" if suffix else printed


def test_document_prints_the_cells_of_the_tables(report: Report, docx_file: Path) -> None:
    drawn = Word(docx_file).tables()
    annexes = drawn[len(report.indicators) :]
    tables = [table for annex in all_annexes(report) for table in annex.tables if table.in_document]
    assert len(annexes) == len(tables)
    for table, printed in zip(tables, annexes, strict=True):
        assert printed[0] == [column.label for column in table.columns]
        assert printed[1] == [column.code for column in table.columns]
        assert printed[2:] == grid_of(table), table.key


def test_workbook_holds_the_cells_of_the_tables(report: Report, xlsx_file: Path) -> None:
    book = openpyxl.load_workbook(xlsx_file)
    for annex in all_annexes(report):
        for position, table in enumerate(annex.tables):
            sheet = book[sheet_name(annex, position)]
            rows = list(sheet.iter_rows(min_row=HEAD + 1, max_row=HEAD + len(table.rows), max_col=len(table.columns)))
            for row, cells, wanted in zip(table.rows, rows, grid_of(table), strict=True):
                shown = [as_printed(cell) for cell in cells]
                assert (shown[:1] if row.kind == SECTION else shown) == wanted, (sheet.title, wanted)


def test_workbook_numbers_are_numbers(report: Report, xlsx_file: Path) -> None:
    sheet = openpyxl.load_workbook(xlsx_file)["I.a"]
    by_code = {row["indicator_code"]: row for row in report.indicators}
    cells = {row["indicator_code"]: HEAD + i for i, row in enumerate(report.indicators, start=1)}
    line = cells["CT02"]
    assert [sheet.cell(line, column).value for column in (5, 6)] == [28, 312]
    assert sheet.cell(line, 7).value == 9.0 and sheet.cell(line, 7).number_format == '#,##0.0" (t)"'
    assert by_code["CT02"]["value"] == Decimal("8.9744")


def test_page_prints_the_same_cells(report: Report, tmp_path: Path) -> None:
    page.write(report, tmp_path / "index.html", FACTS)
    shown = parse((tmp_path / "index.html").read_text(encoding="utf-8")).tables
    for annex in all_annexes(report):
        for table in annex.tables:
            wanted = [[" ".join(cell.split()) for cell in row] for row in without_empty_columns(grid_of(table))]
            assert shown[f"bang-{table.key}"] == wanted, table.key


@pytest.mark.parametrize("code", ["CT01", "CT02", "CT05", "CT06"])
def test_headline_figures_of_the_model_stand_in_text_and_table(report: Report, docx_file: Path, code: str) -> None:
    row = report.indicator(code)
    word = Word(docx_file)
    fraction = f"{row['numerator']}/{row['denominator']} {row['counted_unit_vi']}, đạt"
    assert any(fraction in p.text for p in word.paragraphs()), code
    annex = word.tables()[len(report.indicators)]
    line = next(cells for cells in annex if cells[1] == row["name_vi"])
    assert (line[4], line[5]) == (str(row["numerator"]), str(row["denominator"]))
