"""One workbook, spoilt one way at a time: file, sheet, cell, value, rule and fix in Vietnamese, never a traceback."""

import unicodedata

import pytest

from expectations.findings import Finding, Outcome
from expectations.home import Home
from ingestion.check import FileVerdict, check
from tests.builders import ALL_FORMS, submission
from tests.hostile_files import encrypted

KEYS = {"rule", "severity", "sheet", "cell", "field", "value", "message", "expected", "fix"}


def the(verdict: FileVerdict, rule: str) -> Finding:
    found = [finding for finding in verdict.findings if finding.rule == rule]
    assert len(found) == 1, [(f.rule, f.sheet, f.cell) for f in verdict.findings]
    record = verdict.to_json()
    assert set(record) == {"file", "sha256", "outcome", "findings"} and len(record["sha256"]) == 64
    assert all(set(item) == KEYS for item in record["findings"])
    for text in (found[0].message, found[0].expected, found[0].fix):
        unfilled = text.replace("…123", "").replace("Lưu thành…", "")
        assert text and "…" not in unfilled and text == unicodedata.normalize("NFC", text)
    return found[0]


def test_a_whole_workbook_is_accepted(checked):
    verdict = checked(submission("talents", "departures", "recruitment_summaries"))
    assert verdict.outcome is Outcome.ACCEPTED
    assert {finding.severity for finding in verdict.findings} <= {"note"}


@pytest.mark.parametrize("name", ["Sheet1", "Biểu 03", "BIEU 03 (2)", "Danh sách nhân tài"])
def test_D030_F19_renamed_sheet(name: str, checked):
    verdict = checked(submission("talents").with_sheet_name("B03", name))
    assert verdict.outcome is Outcome.REJECTED
    missing, stranger = the(verdict, "TEP-THIEU_TRANG"), the(verdict, "TEP-TRANG_LA")
    assert missing.sheet == "B03" and name in missing.message
    assert stranger.sheet == name and "B03" in stranger.message and stranger.severity == "blocker"


@pytest.mark.parametrize("name", ["b03", "B03 ", "B\u00a003", unicodedata.normalize("NFD", "B03")])
def test_D030_case_and_spaces_do_not_rename_a_sheet(name: str, checked):
    assert checked(submission("talents").with_sheet_name("B03", name)).outcome is Outcome.ACCEPTED


def test_D040_F19_deleted_column(checked):
    verdict = checked(submission("talents").without_column("talents", "started_on").with_column("talents", "Ngày vào"))
    assert verdict.outcome is Outcome.REJECTED
    finding = the(verdict, "TEP-THIEU_COT")
    assert (finding.sheet, finding.field, finding.cell, finding.value) == ("B03", "started_on", "AG4", "Ngày vào")
    assert "Ngày bắt đầu làm việc" in finding.message and "Ngày vào" in finding.message
    assert not [f for f in verdict.findings if f.rule == "B03-STARTED_ON-REQUIRED"]


def test_an_optional_column_that_was_deleted_stops_the_file_too(checked):
    verdict = checked(submission("talents").without_column("talents", "withdrawn_on"))
    assert the(verdict, "TEP-THIEU_COT").field == "withdrawn_on"


def test_a_deleted_column_of_notes_is_only_noted(checked):
    verdict = checked(submission("task_progress").without_column("task_progress", "note"))
    assert verdict.outcome is Outcome.ACCEPTED
    assert the(verdict, "B07-COLUMN-ABSENT").severity == "note"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("cuối năm 2023", "không phải là ngày"),  # worked-examples 11.3
        ("5/6/25", "hai chữ số"),  # C12
        ("30/02/2025", "không có trong lịch"),  # C09
        ("29/02/2025", "không có trong lịch"),  # C09
        (2025, "Chỉ có năm"),  # D172
        (45000, "con số của Excel"),  # C10
        ("8/2025", "tháng hoặc quý"),  # D173
        ("đến nay", "đến nay"),  # D183
        ("#REF!", "giá trị lỗi"),  # C15
        ("=TODAY()", "Công thức chưa có kết quả"),  # C14
    ],
)
def test_C09_C10_C12_C14_C15_text_in_a_date(written: object, words: str, checked):
    book = submission("talents").with_value("talents", "started_on", written)
    finding = the(checked(book), "B03-STARTED_ON-TYPE")
    assert (finding.severity, finding.sheet, finding.cell) == ("error", "B03", book.address("talents", "started_on"))
    assert words in finding.message
    if isinstance(written, str) and not written.startswith("="):
        assert finding.value == written


def test_D100_C01_a_ten_digit_id_that_no_zeros_can_repair(checked):
    book = submission("talents").with_values("talents", national_id=3090000123)  # 00 in front: born 1990, but a man
    finding = the(checked(book), "B03-ID-SHAPE")
    assert (finding.severity, finding.cell, finding.value) == ("error", "C6", "…123")
    assert "10 chữ số" in finding.message and "giới tính" in finding.message


def test_D100_C01_lost_zeros_are_given_back_when_everything_agrees(checked):
    verdict = checked(submission("talents").with_values("talents", national_id=3190000123))
    finding = the(verdict, "B03-NATIONAL_ID-ZERO_RESTORED")
    assert (finding.severity, finding.cell, finding.value) == ("note", "C6", "…123")
    assert verdict.outcome is Outcome.ACCEPTED


def test_wrong_agency_code_of_nobody(checked):
    verdict = checked(submission("talents").cover(agency_code="SNV1"))
    finding = the(verdict, "TEP-KHONG_RO_CO_QUAN")
    assert (verdict.outcome, finding.sheet, finding.cell) == (Outcome.REJECTED, "Thông tin chung", "B3")
    assert finding.value == "SNV1" and "SNV – Sở Nội vụ" in finding.message


def test_wrong_agency_code_of_another_body(checked):
    verdict = checked(submission("talents").cover(agency_code="SYT"))
    finding = the(verdict, "TEP-SAI_CO_QUAN")
    assert (verdict.outcome, finding.cell, finding.value) == (Outcome.REJECTED, "B3", "SYT")
    assert "Sở Y tế" in finding.message and "B3" in finding.fix


def test_F01_truncated_file(checked):
    whole = submission("talents").workbook()
    verdict = checked(whole[: len(whole) * 6 // 10])
    assert verdict.outcome is Outcome.REJECTED
    assert "SNV.xlsx" in the(verdict, "TEP-HONG").message


def test_F10_password(checked):
    verdict = checked(encrypted(submission("talents").workbook()))
    assert verdict.outcome is Outcome.REJECTED
    assert "bỏ mật khẩu" in the(verdict, "TEP-MAT_KHAU").fix


def test_F08_html_named_xlsx(checked):
    verdict = checked(b"<table><tr><td>1</td></tr></table>")
    assert verdict.outcome is Outcome.REJECTED
    assert "trang web (HTML)" in the(verdict, "TEP-KHONG_PHAI_EXCEL").message


def test_D015_F20_last_years_form(checked):
    verdict = checked(submission("talents").edition("2024.aaaaaaaaaaaa"))
    assert "năm 2024" in the(verdict, "TEP-SAI_NAM").message


def test_D015_a_file_in_an_inbox_is_read_for_the_year_of_that_inbox(tmp_path):
    home = Home(tmp_path)
    (tmp_path / "sample.json").write_text("{}")
    home.inbox(2026).mkdir(parents=True)
    path = submission("talents").save(home.inbox(2026))
    assert "năm 2025" in the(check([path], home)[0], "TEP-SAI_NAM").message


def test_D017_an_empty_form_comes_back(checked):
    verdict = checked(submission().not_nil(*ALL_FORMS))
    assert verdict.outcome is Outcome.REJECTED
    assert "để trống" in the(verdict, "TEP-TRONG").message


def test_a_nil_mark_over_rows_is_one_finding_at_the_mark(checked):
    book = submission("departures").nil("B04").row("departures", national_id="003090000789")
    verdict = checked(book)
    finding = the(verdict, "B04-NIL-ROWS")
    assert (finding.severity, finding.sheet, finding.cell) == ("error", "Thông tin chung", "C17")
    assert "(2 dòng)" in finding.message


def test_findings_come_heaviest_first(checked):
    book = submission("talents").cover(agency_code="SYT").with_values("talents", started_on="nay", talent_group=None)
    weights = [finding.severity.weight for finding in checked(book).findings]
    assert weights == sorted(weights, reverse=True) and len(set(weights)) >= 3


def test_no_name_no_id_no_birthday_is_shown(checked):
    book = submission("talents").with_values(
        "talents", full_name="Lá»¥c Thá»‹ áº¨n", national_id="0031900001234", birth_date="06/05/1990"
    )
    shown = repr(checked(book).to_json())
    assert all(secret not in shown for secret in ("Lá»¥c", "0031900001234", "06/05/1990", "ngày 06 tháng 5"))


def test_a_register_is_checked_by_its_name(checked):
    lines = [
        "decision_number,decided_on,effective_on,national_id,full_name,birth_date,sex,agency_code,deciding_agency_code,"
        "unit_code,position,staff_kind,recruitment_form,first_time_in_public_service,legal_basis,status",
        "12/QĐ-SNV,2025-03-01,2025-03-15,003190000123,Nông Thị Thử,1990-05-06,nu,SNV,SNV,,,cong_chuc,TT,true,,hieu_luc",
        "13/QĐ-SNV,2025-13-01,2025-03-15,003190000124,Nông Thị Hai,1990-05-06,nu,SNV,SNV,,,cong_chuc,TT,true,,hieu_luc",
    ]
    verdict = checked("\n".join(lines).encode() + b"\n", "recruitment_register.csv")
    assert verdict.outcome is Outcome.PARTLY_ACCEPTED
    assert [(f.rule, f.row, f.value) for f in verdict.findings] == [("RR-DECIDED_ON-TYPE", 3, "2025-13-01")]


def test_the_nearest_header_is_none_that_the_form_knows(checked):
    """For "Giới tính" it named "Nguồn giới thiệu", a column of its own that was there."""
    verdict = checked(submission("talents").without_column("talents", "sex"))
    missing = the(verdict, "TEP-THIEU_COT")
    assert missing.value is None and 'tên gần nhất tìm thấy: "không có"' in missing.message


def test_D063_one_line_of_another_unit_is_told_once(checked):
    """It is of four columns of B06: the officer read the same sentence four times."""
    verdict = checked(submission("budgets").above("budgets", "Đơn vị tính: đồng"))
    assert '"đồng"' in the(verdict, "TEP-DON_VI_TINH").message


def test_the_advice_about_another_bodys_code_can_be_followed(checked):
    """It told to write into a note's cell of the first sheet; there is none."""
    verdict = checked(submission("talents").cover(agency_code="SYT"))
    assert "ghi chú" not in the(verdict, "TEP-SAI_CO_QUAN").fix
