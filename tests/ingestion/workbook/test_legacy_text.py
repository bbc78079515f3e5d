"""Sheets typed for old fonts: read as Unicode where the sheet leaves no doubt, told, and the original kept (M20)."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from expectations.findings import Outcome
from ingestion.typing.legacy import from_unicode
from ingestion.workbook.jail import Jail, Job
from ingestion.workbook.legacy_text import in_unicode
from ingestion.workbook.parsed import Cell, ParsedSheet, ParsedWorkbook
from tests.builders import submission

BUDGETS = Path(__file__).parents[4] / "shared" / "data" / "budget-workbooks"
POSITION = "Trưởng phòng Tổ chức cán bộ"


def book(*texts: str) -> ParsedWorkbook:
    rows = {number: {0: Cell("s", text)} for number, text in enumerate(texts, 1)}
    return ParsedWorkbook("a.xlsx", "", "", (ParsedSheet("B03", "visible", rows),))


def texts(workbook: ParsedWorkbook) -> list[str]:
    return [cells[0].text for cells in workbook.sheets[0].rows.values()]


@pytest.mark.skipif(not BUDGETS.is_dir(), reason=f"the ministry's workbooks are not on this machine: {BUDGETS}")
def test_D125_the_ministrys_tcvn3_sheet_equals_its_unicode_sheet(jail: Jail):
    """Every text cell; case apart, because the capitals of .VnTimeH are typed as small letters."""
    path = BUDGETS / "Plan_2003.xls"
    parsed = jail.parse(Job(path, hashlib.sha256(path.read_bytes()).hexdigest(), path.name))
    assert isinstance(parsed, ParsedWorkbook)
    read, done = in_unicode(parsed)
    legacy, proper = (
        {
            (r, c): cell.text.casefold()
            for r, cells in sheet.rows.items()
            for c, cell in cells.items()
            if cell.kind == "s"
        }
        for sheet in read.sheets
    )
    assert len(legacy) > 100 and legacy == proper
    assert [(one.sheet, {name: len(at) for name, at in one.converted.items()}, one.doubtful) for one in done] == [
        ("Sheet1", {"TCVN3": 95}, {})
    ]


@pytest.mark.skipif(not BUDGETS.is_dir(), reason=f"the ministry's workbooks are not on this machine: {BUDGETS}")
def test_no_unicode_workbook_of_the_ministry_is_touched(jail: Jail):
    read = 0
    for path in sorted(BUDGETS.glob("*.xls")):
        parsed = jail.parse(Job(path, hashlib.sha256(path.read_bytes()).hexdigest(), path.name))
        if isinstance(parsed, ParsedWorkbook) and path.stem != "Plan_2003":
            read += 1
            assert in_unicode(parsed) == (parsed, ()), path.name
    assert read == 20  # two of the 23 hold macros


@pytest.mark.parametrize(("encoding", "name"), [("TCVN3", "TCVN3 (ABC)"), ("VNI", "VNI")])
def test_D125_D126_legacy_text_is_converted_told_and_kept(encoding: str, name: str, read, checked):
    written = from_unicode(POSITION, encoding)
    typed = submission("talents").with_values(
        "talents", position=written, full_name=from_unicode("Nông Thị Ngà", encoding)
    )
    row = read(typed).rows["talents"][0]
    assert (row["position"], row["position__raw"], row["full_name"]) == (POSITION, written, "Nông Thị Ngà")
    verdict = checked(typed)
    note = next(f for f in verdict.findings if f.rule == "TEP-BANG_MA_CU")
    assert (note.severity, note.sheet) == ("note", "B03") and name in note.message and "2 ô" in note.message
    assert verdict.outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("encoding", ["TCVN3", "VNI"])
def test_D061_headers_and_dropdown_labels_in_an_old_font_are_understood(encoding: str, read):
    header = from_unicode("Họ và tên", encoding)
    made = submission("talents").with_header("talents", "full_name", header)
    found = read(
        made.with_values("talents", sex=from_unicode("Nữ", encoding), position=from_unicode(POSITION, encoding))
    )
    row = found.rows["talents"][0]
    assert (row["full_name"], row["sex"]) == ("Nông Thị Thử", "nu")


def test_D125_text_that_two_encodings_allow_is_a_query_and_not_a_guess(checked, read):
    """Beside Unicode and TCVN3 cells, "Bé" alone may be bé or Bộ."""
    typed = submission("talents").with_values("talents", position=from_unicode(POSITION, "TCVN3"), full_name="Bé")
    assert read(typed).rows["talents"][0]["full_name"] == "Bé"
    found = [f for f in checked(typed).findings if f.rule == "TEP-BANG_MA_KHONG_RO"]
    assert [(f.severity, f.sheet, f.cell) for f in found] == [("query", "B03", typed.address("talents", "full_name"))]
    assert "TCVN3 (ABC), Unicode" in found[0].message


@pytest.mark.parametrize("name", ["Bé", "Hà", "Toán", "Lê Thúy", "Kôn", "Café Müller"])
def test_a_unicode_form_gets_no_finding_about_encodings(name: str, checked, read):
    typed = submission("talents").with_values("talents", full_name=name)
    assert read(typed).rows["talents"][0]["full_name"] == name
    assert not [f for f in checked(typed).findings if "BANG_MA" in f.rule or "LEGACY" in f.rule]


def test_a_sheet_of_one_old_encoding_decides_for_its_short_words():
    read, done = in_unicode(book("Bé Tµi chÝnh", "tõ", "NS§P", "thu cho", "Bé"))
    assert texts(read) == ["Bộ Tài chính", "từ", "NSĐP", "thu cho", "Bộ"]
    assert read.sheets[0].rows[2][0] == Cell("s", "từ", "tõ")
    assert len(done[0].converted["TCVN3"]) == 4 and not done[0].doubtful


def test_two_old_encodings_on_a_sheet_are_told_apart_by_their_cells():
    read, done = in_unicode(book("NguyÔn V¨n B×nh", "Nguyeãn Vaên Bình", "Nông Thị Ngà", "tõ"))
    assert texts(read) == ["Nguyễn Văn Bình", "Nguyễn Văn Bình", "Nông Thị Ngà", "tõ"]
    assert sorted(done[0].converted) == ["TCVN3", "VNI"]
    assert list(done[0].doubtful.values()) == [((4, 0),)]


def test_D129_look_alikes_are_a_note_on_their_sheet(checked, read):
    typed = submission("talents").with_values("talents", full_name="Nông Thị Нoа")
    assert read(typed).rows["talents"][0]["full_name"] == "Nông Thị Hoa"
    note = next(f for f in checked(typed).findings if f.rule == "B03-LOOK_ALIKE")
    assert note.severity == "note" and typed.address("talents", "full_name") in note.message


def test_D129_two_alphabets_in_one_word_are_an_error_at_the_cell(checked):
    typed = submission("talents").with_values("talents", full_name="Nông Thị Лan")
    finding = next(f for f in checked(typed).findings if f.rule == "B03-FULL_NAME-MIXED_SCRIPTS")
    assert (finding.severity, finding.cell) == ("error", typed.address("talents", "full_name"))
    assert "Лan" not in repr(finding)
