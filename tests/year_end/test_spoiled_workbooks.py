"""Spoil one workbook at a time: `nhantai check` says where and why, and no other agency's figure moves by one digit.

The kinds of one spoil each are tried in tests/ingestion/workbook; here a whole season stands around it.
"""

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from expectations.contracts.load import all_contracts, load
from orchestration.settings import ROOT
from tests.hostile_files import encrypted
from tests.year_end.played import SEEDS, YEAR, Played, workbook_of

SPOILED = "SYT"
HEADER_ROW, FIRST_ROW = 4, 6
KEYS = {"rule", "severity", "sheet", "cell", "field", "value", "message", "expected", "fix"}
Book = openpyxl.Workbook

pytestmark = pytest.mark.season


def column(book: Book, field: str) -> int:
    header = load("talents").field(field).label.vi
    return next(cell.column for cell in book["B03"][HEADER_ROW] if cell.value == header)


def renamed_sheet(book: Book) -> None:
    book["B03"].title = "Danh sách"


def deleted_column(book: Book) -> None:
    book["B03"].delete_cols(column(book, "started_on"))


def text_in_a_date(book: Book) -> None:
    book["B03"].cell(FIRST_ROW, column(book, "started_on")).value = "cuối năm 2023"


def ten_digits(book: Book) -> None:
    book["B03"].cell(FIRST_ROW, column(book, "national_id")).value = "0031990012"


def wrong_agency(book: Book) -> None:
    cell = next(row[1] for row in book.worksheets[0].iter_rows() if row[0].value == "Mã cơ quan")
    cell.value = "SXX"


def edited(edit: Callable[[Book], None]) -> Callable[[bytes], bytes]:
    def spoil(content: bytes) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(content))
        edit(book)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return spoil


SPOILS: dict[str, tuple[Callable[[bytes], bytes], str, str | None]] = {
    "renamed sheet": (edited(renamed_sheet), "TEP-THIEU_TRANG", "B03"),
    "deleted column": (edited(deleted_column), "TEP-THIEU_COT", "B03"),
    "text in a date": (edited(text_in_a_date), "B03-STARTED_ON-TYPE", "B03"),
    "ten-digit id": (edited(ten_digits), "B03-ID-SHAPE", "B03"),
    "wrong agency": (edited(wrong_agency), "TEP-KHONG_RO_CO_QUAN", "Thông tin chung"),
    "truncated": (lambda content: content[: len(content) * 6 // 10], "TEP-HONG", None),
    "password": (encrypted, "TEP-MAT_KHAU", None),
    "html": (lambda _: b"<html><body><table><tr><td>1</td></tr></table></body></html>", "TEP-KHONG_PHAI_EXCEL", None),
}
CELLS = {"text in a date", "ten-digit id"}


@pytest.fixture
def clean(season, tmp_path: Path) -> Played:
    """A copy of the season without faults, collected, that a test may change."""
    shutil.copytree(season(SEEDS[0], "none").home.root, tmp_path / "home", symlinks=True)
    return Played(tmp_path / "home")


def spoil(season: Played, kind: str) -> Path:
    path = workbook_of(season.home, SPOILED)
    path.write_bytes(SPOILS[kind][0](path.read_bytes()))
    return path


def others(season: Played) -> dict[str, list[tuple]]:
    """Every accepted row of the year that the spoiled agency did not send."""
    import duckdb

    kept = {}
    for contract in all_contracts():
        path = season.home.accepted(contract.name, YEAR)
        sender = "agency_code IS DISTINCT FROM ?" if contract.channel == "workbook" else "coalesce(?, '') IS NOT NULL"
        query = f"SELECT * FROM read_parquet('{path}') WHERE {sender} ORDER BY ALL"
        kept[contract.name] = duckdb.execute(query, [SPOILED]).fetchall()
    return kept


@pytest.mark.parametrize("kind", SPOILS)
def test_check_says_where_and_why(clean: Played, kind: str):
    path = spoil(clean, kind)
    command = [sys.executable, "-m", "orchestration.cli", "check", path, "--home", clean.home.root, "--json"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 1 and not run.stderr, run.stderr
    (verdict,) = json.loads(run.stdout)
    assert verdict["file"] == path.name and verdict["outcome"] in ("rejected", "partly_accepted")
    assert all(set(finding) == KEYS for finding in verdict["findings"])
    _, rule, sheet = SPOILS[kind]
    finding = next(finding for finding in verdict["findings"] if finding["rule"] == rule)
    assert finding["sheet"] == sheet and finding["message"] and finding["fix"]
    if kind in CELLS:
        assert finding["cell"].endswith(str(FIRST_ROW)) and finding["value"]


@pytest.mark.parametrize("kind", SPOILS)
def test_no_other_agencys_row_moves(clean: Played, kind: str):
    before = others(clean)
    spoil(clean, kind)
    clean.collect(YEAR)
    assert others(clean) == before


@pytest.mark.parametrize("kind", ["deleted column", "text in a date"])
def test_no_other_agencys_figure_moves(clean: Played, kind: str):
    before = clean.headline(clean.build())
    spoil(clean, kind)
    clean.collect(YEAR)
    after = clean.headline(clean.build())
    moved = {key for key in before | after if before.get(key) != after.get(key)}
    assert {key[4] for key in moved} <= {SPOILED, "LS"}
