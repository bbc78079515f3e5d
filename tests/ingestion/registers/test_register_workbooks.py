"""Registers as .xls, .xlsb and .ods: read as the .xlsx of the same rows is, and refused where that is not safe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import openpyxl
import pytest
from openpyxl.styles import Font

from expectations.findings import Outcome
from ingestion import vault
from ingestion.check import check
from tests.hostile_files import edited_zip
from tests.inboxes import REGISTER, SNAPSHOT, Season, file_of
from tests.office import convert
from tests.xlsb_files import xlsb

OTHERS = ("xls", "ods", "xlsb")
NAME = "recruitment_register"
BIRTH, START = dt.date(1990, 7, 8), dt.date(2025, 4, 15)
COMMON = {**REGISTER, "position": "Chuyên viên", "birth_date": BIRTH, "effective_on": START}
ROWS: list[dict[str, object]] = [
    {},
    {"national_id": 3190000777, "effective_on": "15/04/2025", "staff_kind": "CÔNG CHỨC", "sex": "Nữ"},
    {"national_id": "31 900 00777", "full_name": "  Hoàng   Thị\u00a0Giả ", "first_time_in_public_service": True},
    {"effective_on": 45000, "decided_on": dt.datetime(2025, 4, 2, 10, 30)},
    {"effective_on": "5/6/25", "recruitment_form": "đặc cách", "position": 12.5},
    {"national_id": "000123456", "identity_kind": "cmnd", "decision_number": 13},
    {"effective_on": None, "position": "Chuye\u0302n vie\u0302n\u200b", "decision_number": "NA"},
    {"agency_code": "Nhà máy 5", "status": "", "birth_date": "ngày 08 tháng 07 năm 1990"},
]
Edit = Callable[[openpyxl.Workbook], None]


def strike(book: openpyxl.Workbook) -> None:
    book.active["A3"].font = Font(strike=True)


def merge(book: openpyxl.Workbook) -> None:
    book.active.merge_cells("H2:H3")


def second_sheet(book: openpyxl.Workbook) -> None:
    book.create_sheet("Khác")["A1"] = 1


def full_rows(book: openpyxl.Workbook) -> None:
    book.active["A65536"] = "x"


def moved_down(book: openpyxl.Workbook) -> None:
    book.active.title = "Sổ"
    book.active.insert_rows(1, 2)
    book.active["A1"] = "SỔ TUYỂN DỤNG"
    book.create_sheet("Khác")["A1"] = 1


def hide(book: openpyxl.Workbook) -> None:
    book.active.row_dimensions[3].hidden = True
    book.active.row_dimensions[4].hidden = True
    book.active.row_dimensions[40].hidden = True
    book.active.column_dimensions["E"].hidden = True


def hide_the_sheet(book: openpyxl.Workbook) -> None:
    book.create_sheet("Trống")
    book.active.sheet_state = "hidden"
    book.active = 1


EDITS: dict[str, Edit | None] = {
    "rows": None, "strike": strike, "merge": merge, "second-sheet": second_sheet, "full-rows": full_rows,
    "moved-down": moved_down, "hidden": hide, "hidden-sheet": hide_the_sheet,
}  # fmt: skip


def book_of(rows: list[dict[str, object]], common: dict[str, object]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    names = list(dict.fromkeys([*common, *(name for row in rows for name in row)]))
    book.active.append(names)
    for number, row in enumerate(rows, start=2):
        book.active.append([(common | row).get(name) for name in names])
        for place, name in enumerate(names, start=1):
            if name.endswith(("_on", "_date")) and isinstance(book.active.cell(number, place).value, int):
                book.active.cell(number, place).number_format = "General"
    return book


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """made(kind, name): the register with one of EDITS, in a format."""
    root = tmp_path_factory.mktemp("registers")
    (root / "xlsx").mkdir()
    for name, edit in EDITS.items():
        book = book_of(ROWS, COMMON)
        if edit is not None:
            edit(book)
        book.save(root / "xlsx" / f"{name}.xlsx")
    ready = {"xlsx"}

    def get(kind: str, name: str) -> Path:
        if kind not in ready:
            ready.add(kind)
            (root / kind).mkdir()
            sources = sorted((root / "xlsx").glob("*.xlsx"))
            if kind == "xlsb":
                for source in (one for one in sources if one.stem != "full-rows"):  # only .xls ends there
                    (root / kind / f"{source.stem}.xlsb").write_bytes(xlsb(openpyxl.load_workbook(source)))
            else:
                convert(sources, kind, root / kind)
        return root / kind / f"{name}.{kind}"

    return get


def collected(season: Season, path: Path):
    """The file's result, its typed rows with the text kept beside them, and what is said of it."""
    name = f"{NAME}{path.suffix}"
    season.put(name, path.read_bytes())
    result = file_of(season.collect(), name)
    with duckdb.connect(str(vault.typed_path(season.home, 2025)), read_only=True) as connection:
        columns = f'SELECT * EXCLUDE (submission_id) FROM typed.{NAME} ORDER BY "row"'
        rows = connection.execute(columns).fetchall()
    told = result.findings
    said = [(f.rule, f.severity, f.sheet, f.cell, f.row, f.field, f.value, f.message.replace(name, "")) for f in told]
    return result, rows, said


@pytest.fixture
def seasons(tmp_path: Path) -> Iterator[Season]:
    return (Season(tmp_path / str(number)) for number in range(9))


@pytest.mark.parametrize("kind", OTHERS)
def test_D006_the_same_register_is_typed_the_same_word_by_word(kind: str, made, seasons):
    """C01 C04 C07 C08 C10 C12 C17 D100: numbers for ids, dates of every kind, spaces, NFD; and what is told of each."""
    first, rows, said = collected(next(seasons), made("xlsx", "rows"))
    other, same_rows, same_said = collected(next(seasons), made(kind, "rows"))
    assert len(rows) == len(ROWS) and first.outcome == "partly_accepted"
    assert same_rows == rows
    assert same_said == said
    assert {"RR-NATIONAL_ID-ZERO_RESTORED", "RR-EFFECTIVE_ON-TYPE", "RR-STATUS-REQUIRED"} <= {rule for rule, *_ in said}
    assert (other.rows_read, other.rows_accepted) == (first.rows_read, first.rows_accepted)


STOPS = {
    "strike": ("TEP-SO_GACH_NGANG", "A3"),
    "merge": ("TEP-SO_O_GOP", "H2:H3"),
    "second-sheet": ("TEP-NHIEU_TRANG", "Khác"),
    "full-rows": ("TEP-DAY", "65536"),
}


@pytest.mark.parametrize(
    ("kind", "name"),
    [(k, n) for k in ("xlsx", *OTHERS) for n in STOPS if (k, n) != ("xlsb", "full-rows")],
)
def test_D086_C16_F09_what_stops_an_xlsx_register_stops_it_in_every_format(kind, name, made, season):
    rule, place = STOPS[name]
    result, rows, _ = collected(season, made(kind, name))
    (found,) = result.findings
    assert (result.outcome, found.rule, rows) == ("rejected", rule, [])
    assert place in found.message and found.fix


@pytest.mark.parametrize("kind", OTHERS)
def test_a_layout_names_sheet_and_header_row_of_any_format(kind: str, made, season: Season):
    fields = "".join(f"  {name}: {{header: {name}}}\n" for name in [*COMMON, "identity_kind"])
    (season.home.reference / "layouts").mkdir(parents=True)
    (season.home.reference / "layouts" / "so.yml").write_text(
        f"layout: so\ndataset: {NAME}\nfiles: ['so*']\nformat: {kind}\nsheet: Sổ\nheader_row: 3\ncolumns:\n{fields}"
        "absent: [unit_code, legal_basis]\n",
        encoding="utf-8",
    )
    season.put(f"so-2025.{kind}", made(kind, "moved-down").read_bytes())
    result = file_of(season.collect(), f"so-2025.{kind}")
    assert result.rows_read == len(ROWS)
    with duckdb.connect(str(vault.typed_path(season.home, 2025)), read_only=True) as typed:
        assert typed.execute(f'SELECT sheet, min("row"), max("row") FROM typed.{NAME} GROUP BY sheet').fetchall() == [
            ("Sổ", 4, 3 + len(ROWS))
        ]


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("recruitment_register.xls", b"<html><table></table></html>", "TEP-KHONG_PHAI_EXCEL"),
        ("recruitment_register.xls", b"\x09\x08\x08\x00\x00\x05\x05\x00", "TEP-DINH_DANG_CU"),
        ("recruitment_register.ods", b"PK\x03\x04 cut off", "TEP-HONG"),
    ],
    ids=["F08 D001 a web page", "D006 Excel 5", "F01 cut off"],
)
def test_F01_F08_D001_D006_what_cannot_be_read_says_to_save_as_xlsx(name, content, rule, season: Season):
    season.put(name, content)
    (found,) = file_of(season.collect(), name).findings
    assert (found.rule, found.severity) == (rule, "blocker")
    assert "xlsx" in found.fix or "lưu bản mới" in found.fix


@pytest.mark.parametrize("kind", ("xls", "ods"))
def test_a_name_decides_nothing_about_the_bytes(kind: str, made, season: Season):
    """D005: a register called .xlsx that an office program saved in its own format is read all the same."""
    season.put("recruitment_register.xlsx", made(kind, "rows").read_bytes())
    assert file_of(season.collect(), "recruitment_register.xlsx").rows_read == len(ROWS)


def test_F10_a_password_on_an_ods_register_is_told(made, season: Season, tmp_path: Path):
    end = "</manifest:manifest>"
    entry = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    (tmp_path / "b.ods").write_bytes(edited_zip(made("ods", "rows"), "META-INF/manifest.xml", end, entry + end))
    result, _, said = collected(season, tmp_path / "b.ods")
    assert (result.outcome, [rule for rule, *_ in said]) == ("rejected", ["TEP-MAT_KHAU"])


@pytest.mark.parametrize("kind", OTHERS)
def test_check_tells_what_collect_would(kind: str, made, season: Season, tmp_path: Path):
    path = tmp_path / f"{NAME}.{kind}"
    path.write_bytes(made(kind, "rows").read_bytes())
    (verdict,) = check([path], season.home)
    _, _, said = collected(season, made(kind, "rows"))
    assert verdict.outcome is Outcome.PARTLY_ACCEPTED
    assert {f.rule for f in verdict.findings} == {rule for rule, *_ in said}


def test_a_snapshot_in_xls_takes_its_day_from_its_name(season: Season, tmp_path: Path):
    book = book_of([{}, {"national_id": "003190000778"}], {k: v for k, v in SNAPSHOT.items() if k != "snapshot_on"})
    book.save(tmp_path / "a.xlsx")
    (made,) = convert([tmp_path / "a.xlsx"], "xls", tmp_path)
    season.put("staff_snapshot_2025-06-30.xls", made.read_bytes())
    season.collect()
    assert [row["snapshot_on"] for row in season.rows("staff_snapshots")] == [dt.date(2025, 6, 30)] * 2


def test_a_new_format_is_a_new_version_of_the_same_register(made, season: Season):
    season.put(f"{NAME}.xlsx", made("xlsx", "rows").read_bytes())
    season.collect()
    season.put(f"{NAME}.ods", made("ods", "rows").read_bytes())
    assert sorted(one.version for one in season.collect().files) == [1, 2]


def notes(result) -> list[tuple[str, str, str | None]]:
    return [(f.rule, str(f.severity), f.sheet) for f in result.findings if "HIDDEN" in f.rule]


@pytest.mark.parametrize("kind", ("xlsx", *OTHERS))
def test_D034_F18_hidden_rows_and_columns_are_read_and_told(kind: str, made, seasons):
    """The same rows without hiding anything: the same typed rows, and no note."""
    result, rows, _ = collected(next(seasons), made(kind, "hidden"))
    plain, same, _ = collected(next(seasons), made(kind, "rows"))
    assert sorted(notes(result)) == [("RR-HIDDEN-COLUMNS", "note", "Sheet"), ("RR-HIDDEN-ROWS", "note", "Sheet")]
    texts = {f.rule: f.message for f in result.findings}
    assert "2 dòng bị ẩn" in texts["RR-HIDDEN-ROWS"] and "full_name" in texts["RR-HIDDEN-COLUMNS"]
    assert (rows, notes(plain)) == (same, [])


@pytest.mark.parametrize("kind", ("xlsx", "ods"))
def test_F18_a_register_on_a_hidden_sheet_is_read_and_told(kind: str, made, season: Season):
    result, rows, _ = collected(season, made(kind, "hidden-sheet"))
    assert notes(result) == [("RR-HIDDEN-SHEET", "note", "Sheet")] and len(rows) == len(ROWS)


def test_F18_a_hidden_sheet_beside_the_one_a_layout_names_refuses_the_file(season: Season):
    book = book_of([{}], COMMON)
    book.active.title = "Sổ"
    other = book.create_sheet("Lương")
    other["A1"], other.sheet_state = "1", "hidden"
    book.save(season.home.inbox(2025) / "so.xlsx")
    fields = "".join(f"  {name}: {{header: {name}}}\n" for name in COMMON)
    (season.home.reference / "layouts").mkdir(parents=True)
    (season.home.reference / "layouts" / "so.yml").write_text(
        f"layout: so\ndataset: {NAME}\nfiles: ['so*']\nformat: xlsx\nsheet: Sổ\ncolumns:\n{fields}"
        "absent: [unit_code, legal_basis, identity_kind]\n",
        encoding="utf-8",
    )
    (found,) = file_of(season.collect(), "so.xlsx").findings
    assert (found.rule, found.severity) == ("TEP-TRANG_AN", "blocker") and "Lương" in found.message
