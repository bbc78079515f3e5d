"""The way of an answer: our marked workbook goes out, comes back answered or corrected, and is believed (F36, F37)."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import openpyxl

from tests.builders import Submission
from tests.inboxes import NOW, Season, agency, file_of

RULE = "B03-TALENT_GROUP-REQUIRED"
WORDS = "Chờ phân nhóm theo Công văn số 12/SNV-CC ngày 05/3/2025"
RESULT = "Kết quả kiểm tra"


def asked() -> Submission:
    """A workbook with one query and nothing else to answer."""
    return agency("SNV", "Sở Nội vụ", 1).with_values("talents", talent_group=None)


def returned(season: Season, name: str = "SNV.xlsx") -> Path:
    """The marked workbook that the newest collection put into the agency's feedback."""
    result = file_of(season.collect(), name)
    path = season.home.feedback(2025, "SNV") / f"{result.sha256[:8]}-danh-dau.xlsx"
    assert path.is_file()
    return path


def answered(path: Path, words: str = WORDS, person: str = "") -> bytes:
    book = openpyxl.load_workbook(path)
    sheet = book[RESULT]
    row = next(row for row in sheet.iter_rows() if row[9].value == RULE)
    row[10].value = f"{words} {person}".strip()
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_the_senders_own_workbook_comes_back_with_the_query_at_its_cell(season: Season):
    before = asked().workbook()
    season.put("SNV.xlsx", before)
    path = returned(season)
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(path) as new:
        touched = {name for name in old.namelist() if old.read(name) != new.read(name)}
        assert not [
            name for name in touched if name.startswith(("xl/styles", "xl/sharedStrings", "docProps", "xl/theme"))
        ]
    notes = [
        cell.comment.text for row in openpyxl.load_workbook(path)["B03"].iter_rows() for cell in row if cell.comment
    ]
    assert any(RULE in note for note in notes)


def test_F37_an_answer_in_the_workbook_explains_the_query_and_is_kept_with_the_rule(season: Season):
    season.put("SNV.xlsx", asked())
    season.put("SNV_2.xlsx", answered(returned(season)))
    result = file_of(season.collect(now=NOW + timedelta(hours=1)), "SNV_2.xlsx")
    current = [row for row in season.rows("findings") if row["superseded_at"] is None and row["severity"] == "query"]
    assert [(row["rule"], row["explained"]) for row in current] == [(RULE, True)]
    (event,) = season.events("explained")
    assert (event["rule"], event["explanation"], event["agency_code"]) == (RULE, WORDS, "SNV")
    assert event["submission_id"] == result.submission_id
    page = (season.home.root / result.receipt).read_text()
    assert "Đã tiếp nhận đầy đủ; 1 nội dung đã được giải trình" in page and "không phải làm gì thêm" in page


def test_an_answer_carries_no_person_out_of_the_workbook(season: Season):
    season.put("SNV.xlsx", asked())
    season.put("SNV_2.xlsx", answered(returned(season), person="(bà Nông Thị Thử, 003190000001)"))
    season.collect(now=NOW + timedelta(hours=1))
    (event,) = season.events("explained")
    assert event["explanation"] == f"{WORDS} (bà …, …)"


def test_an_answer_holds_for_the_file_it_came_in_not_for_the_next_one(season: Season):
    season.put("SNV.xlsx", asked())
    season.put("SNV_2.xlsx", answered(returned(season)))
    season.collect(now=NOW + timedelta(hours=1))
    season.put("SNV_3.xlsx", asked().with_values("talents", major="Toán"))
    season.collect(now=NOW + timedelta(hours=2))
    current = [row for row in season.rows("findings") if row["superseded_at"] is None and row["severity"] == "query"]
    assert [row["explained"] for row in current] == [False]


def test_the_same_workbook_corrected_instead_is_accepted_and_asked_nothing(season: Season):
    season.put("SNV.xlsx", asked())
    book = openpyxl.load_workbook(returned(season))
    header = {cell.value: cell.column for cell in book["B03"][4]}
    book["B03"].cell(6, header["Nhóm nhân tài"]).value = "N1"
    book.save(season.home.inbox(2025) / "SNV_2.xlsx")
    result = file_of(season.collect(now=NOW + timedelta(hours=1)), "SNV_2.xlsx")
    assert not [finding for finding in result.findings if finding.severity in ("query", "error", "blocker")]
