"""X13, X14: what we publish holds what was meant and nothing else; and the same figures give the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from reporting import annex
from reporting.annex import CONTENTS
from reporting.fixed_bytes import settle
from reporting.package_check import UnexpectedContent, check_package
from reporting.public import publishable
from tests.reporting import report_tables
from tests.reporting.document.conftest import FACTS

ROOT = Path(__file__).resolve().parents[3]


def test_x13_packages_hold_only_what_is_on_the_list(docx_file: Path, xlsx_file: Path, signoff_file: Path) -> None:
    for path in (docx_file, xlsx_file, signoff_file):
        check_package(path)
        with zipfile.ZipFile(path) as package:
            assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            core = package.read("docProps/core.xml").decode()
        assert "1980-01-01T00:00:00Z" in core and "python-docx" not in core


def hidden_sheet(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.create_sheet("bí mật").sheet_state = "hidden"
    book.save(path)


def formula(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["I.a"]["A20"] = "=1+1"
    book.save(path)


def author(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.properties.creator = "Nguyễn Mẫu"
    book.save(path)


def hidden_row(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["I.a"].row_dimensions[7].hidden = True
    book.save(path)


def extra_part(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/comments1.xml", "<comments/>")


def outside_link(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = "xl/_rels/workbook.xml.rels"
    link = b'<Relationship Id="r99" Type="x" Target="https://example.org" TargetMode="External"/></Relationships>'
    parts[name] = parts[name].replace(b"</Relationships>", link)
    with zipfile.ZipFile(path, "w") as package:
        for part, content in parts.items():
            package.writestr(part, content)


@pytest.mark.parametrize("spoil", [hidden_sheet, formula, author, hidden_row, extra_part, outside_link])
def test_x13_anything_else_is_refused(xlsx_file: Path, tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    copy = tmp_path / "phu-luc.xlsx"
    shutil.copy(xlsx_file, copy)
    spoil(copy)
    with pytest.raises(UnexpectedContent):
        check_package(copy)


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_x14_a_text_is_never_a_formula(tmp_path: Path, first: str) -> None:
    wicked = f"{first}cmd|' /C calc'!A0"
    plans = [row | {"plan_number": wicked} for row in report_tables.process()["plans"]]
    report = publishable(report_tables.write(tmp_path / "w.duckdb", plans=plans))
    annex.write(report, tmp_path / "a.xlsx", FACTS)
    cell = openpyxl.load_workbook(tmp_path / "a.xlsx")["XVI.a"].cell(7, 3)
    assert cell.data_type == "s" and cell.quotePrefix
    assert cell.value.replace("_x000D_", "\r") == wicked


def test_no_cell_is_a_formula_and_no_sheet_is_hidden(xlsx_file: Path) -> None:
    book = openpyxl.load_workbook(xlsx_file)
    for sheet in book:
        assert sheet.sheet_state == "visible"
        assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_contents_page_lists_all_annexes_and_what_is_not_collected(xlsx_file: Path) -> None:
    book = openpyxl.load_workbook(xlsx_file)
    listed = {row[0]: row[2] for row in book[CONTENTS].iter_rows(min_row=6, max_col=3, values_only=True) if row[0]}
    assert set(listed) >= {"IX.a", "IX.đ", "XI", "XIV", "XV", "I.a", "II.a", "II.b", "XIII"}
    assert listed["XI"].startswith("chưa thu thập") and "XI" not in book.sheetnames
    assert [name for name in listed if name in book.sheetnames] == book.sheetnames[1:]


def test_sheets_are_ready_to_print(xlsx_file: Path) -> None:
    for sheet in openpyxl.load_workbook(xlsx_file):
        assert sheet.page_setup.paperSize == 9 and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1) and sheet.page_setup.fitToHeight == 0, "one page wide"
        assert sheet.print_title_rows


def test_settling_is_idempotent(docx_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "a.docx"
    shutil.copy(docx_file, copy)
    settle(copy)
    assert copy.read_bytes() == docx_file.read_bytes()


def test_the_same_figures_give_the_same_bytes_in_another_process(
    database: Path, docx_file: Path, xlsx_file: Path, signoff_file: Path, tmp_path: Path
) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from reporting import annex, document, signoff; from reporting.public import publishable\n"
        "from reporting.totals import with_totals; from reporting.warehouse import read_report\n"
        "from tests.reporting.document.conftest import FACTS\n"
        "source, out = Path(sys.argv[1]), Path(sys.argv[2]); report = publishable(source)\n"
        "document.write(report, out / 'bao-cao.docx', FACTS); annex.write(report, out / 'phu-luc.xlsx', FACTS)\n"
        "signoff.write(with_totals(read_report(source)), out / 'to-trinh.docx', FACTS)\n"
    )
    other = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "America/Lima", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", script, str(database), str(tmp_path)], cwd=ROOT, env=other, check=True)
    for path in (docx_file, xlsx_file, signoff_file):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name
