"""Explanations, receipts and result workbooks: what is said to a sender, in which words (worked-examples § 11.1)."""

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from ingestion import explanations
from tests.builders import submission
from tests.inboxes import NOW, REGISTER, Season, agency, csv_text, file_of, rows_of

ASKED = {"talent_group": None}
ANSWER = {"agency_code": "SNV", "rule": "B03-TALENT_GROUP-REQUIRED", "explanation": "Chờ phân nhóm theo văn bản 12/SNV",
          "answered_by": "Phòng CCVC", "answered_at": "2025-11-26T09:00:00+07:00"}  # fmt: skip


def page(season: Season, result) -> str:
    return (season.home.root / result.receipt).read_text(encoding="utf-8")


def test_an_answer_explains_the_query_and_is_told_to_the_ledger_once(season: Season):
    season.put("SNV.xlsx", agency("SNV", "Sở Nội vụ", 1).with_values("talents", **ASKED))
    season.collect()
    assert [r["explained"] for r in season.rows("findings") if r["severity"] == "query"] == [False]
    season.explain(ANSWER)
    for hours in (1, 2, 3):
        season.collect(now=NOW + timedelta(hours=hours))
    assert [r["explained"] for r in season.rows("findings") if r["severity"] == "query"] == [True]
    (row,) = season.rows("explanations")
    assert (row["agency_code"], row["answered_at"].isoformat()) == ("SNV", "2025-11-26T09:00:00+07:00")
    (event,) = season.events("explained")
    assert event["explanation"] == "Chờ phân nhóm theo văn bản 12/SNV"


@pytest.mark.parametrize(
    ("changes", "explained"),
    [
        ({}, True),
        ({"agency_code": "Sở Nội vụ"}, True),
        ({"agency_code": "STC"}, False),
        ({"rule": "B03-SECTOR-REQUIRED"}, False),
        ({"sheet": "B03"}, True),
        ({"sheet": "B05"}, False),
        ({"sheet": "B03", "cell": "A1"}, False),
    ],
)
def test_an_answer_meets_its_agency_rule_sheet_and_cell(season: Season, changes, explained):
    season.put("SNV.xlsx", agency("SNV", "Sở Nội vụ", 1).with_values("talents", **ASKED))
    season.explain({**ANSWER, **changes})
    season.collect()
    assert [r["explained"] for r in season.rows("findings") if r["severity"] == "query"] == [explained]


def test_one_cell_is_explained_and_the_next_is_not(season: Season):
    sent = agency("SNV", "Sở Nội vụ", 1).with_values("talents", **ASKED)
    sent.row("talents", national_id="003190000012", recognition_number="2/QĐ-UBND", **ASKED)
    season.put("SNV.xlsx", sent)
    season.explain({**ANSWER, "sheet": "B03", "cell": sent.address("talents", "talent_group", 1)})
    season.collect()
    found = {r["row"]: r["explained"] for r in season.rows("findings") if r["rule"] == ANSWER["rule"]}
    assert found == {6: False, 7: True}


def test_who_keeps_a_register_answers_for_it(season: Season):
    season.put("recruitment_register.csv", csv_text(rows_of(REGISTER, {"sex": "nam"})))
    season.explain({**ANSWER, "rule": "RR-ID-BIRTH-SEX"})
    season.collect()
    assert [(r["rule"], r["explained"]) for r in season.rows("findings")] == [("RR-ID-BIRTH-SEX", True)]


def test_an_agency_that_will_not_report_is_an_explanation_without_a_file(season: Season):
    season.explain({**ANSWER, "agency_code": "SYT", "rule": "YEAR-AGENCY-MISSING", "explanation": "Kiện toàn tổ chức"})
    season.collect()
    assert [(r["agency_code"], r["rule"]) for r in season.rows("explanations")] == [("SYT", "YEAR-AGENCY-MISSING")]


def test_lines_that_cannot_be_used_are_notes(season: Season, tmp_path):
    season.explain({**ANSWER, "explanation": " "}, {**ANSWER, "answered_at": "hôm qua"}, ANSWER, ANSWER)
    report = season.collect()
    assert [(note.rule, note.row) for note in report.notes] == [("GIAI_TRINH-DONG", 2), ("GIAI_TRINH-DONG", 3)]
    assert len(season.rows("explanations")) == 1
    (tmp_path / "other.csv").write_text("cơ quan;lý do\n", encoding="utf-8")
    assert [bad.column for bad in explanations.read(tmp_path / "other.csv").bad_lines] == ["agency_code"]


def test_the_receipt_says_what_came_when_and_what_became_of_it(season: Season):
    season.put("SNV.xlsx", agency("SNV", "Sở Nội vụ", 1))
    season.journal(SNV="2025-11-28T16:05:00+07:00")
    result = file_of(season.collect(now=NOW + timedelta(days=5)), "SNV.xlsx")
    said = page(season, result)
    for words in (
        f"BIÊN NHẬN SỐ LIỆU số 2025-{result.sha256[:8]}",
        "Cơ quan gửi: Sở Nội vụ (SNV) · Năm báo cáo: 2025 · Lần gửi: 1",
        f"Mã băm SHA-256: <code>{result.sha256}</code>",
        "Thời điểm nhận: 16 giờ 05 phút ngày 28/11/2025 (giờ Việt Nam) · trong hạn",
        "Số liệu tính đến ngày: 20/11/2025 · Phiên bản biểu mẫu: 2025.000000000000",
        "<strong>Đã tiếp nhận đầy đủ</strong>",
        "2 biểu có số liệu; 2 dòng được nhận; biểu không phát sinh: B01, B01b, B02, B04, B06, B07, B07b, "
        "B08, B09, B09b, B11, B12, B13, B14, KT.",
        "Quý cơ quan không phải làm gì thêm. Khi có thay đổi, đề nghị gửi lại cả tệp.",
    ):
        assert words in said, words


def test_late_is_said_in_days_without_blame(season: Season):
    season.put("SNV.xlsx", agency("SNV", "Sở Nội vụ", 1))
    season.journal(SNV="2025-12-02T08:00:00+07:00")
    said = page(season, season.collect(now=NOW + timedelta(days=20)).files[0])
    assert "· sau hạn 3 ngày" in said and "vi phạm" not in said


def test_queries_errors_and_refusals_have_their_own_next_step(season: Season):
    season.put("SNV.xlsx", agency("SNV", "Sở Nội vụ", 1).with_values("talents", **ASKED))
    season.put("STC.xlsx", agency("STC", "Sở Tài chính", 2).with_values("talents", started_on="cuối năm 2023"))
    season.put("SYT.xlsx", b"<html></html>")
    report = season.collect()
    asked, partly, refused = (page(season, file_of(report, f"{code}.xlsx")) for code in ("SNV", "STC", "SYT"))
    assert "Đã tiếp nhận; có 1 nội dung đề nghị giải trình" in asked
    assert "gửi lại trước ngày 30/11/2025. Báo cáo của quý cơ quan đã được tính là đúng hạn." in asked
    assert "Đã tiếp nhận một phần: 1 dòng được nhận, 1 dòng chưa dùng được" in partly
    assert "Các dòng chưa dùng được đã đánh dấu trong tệp trả về. Đề nghị sửa và gửi lại cả tệp" in partly
    assert "đã nhập &quot;cuối năm 2023&quot;" in partly
    assert "Chưa tiếp nhận được" in refused and "nội dung là" in refused
    assert "Đến thời điểm này quý cơ quan được tính là chưa báo cáo." in refused


def test_of_the_two_workbooks_beside_it_the_receipt_names_the_one_to_correct(season: Season):
    """Only the marked one is a form: the list of findings, sent back, would be refused as no known sender's."""
    season.put("SNV.xlsx", agency("SNV", "Sở Nội vụ", 1).with_values("talents", **ASKED))
    season.put("STC.xlsx", agency("STC", "Sở Tài chính", 2))
    season.put("SYT.xlsx", b"<html></html>")
    report = season.collect()
    asked, clean, refused = (file_of(report, f"{code}.xlsx") for code in ("SNV", "STC", "SYT"))
    assert f"Tệp trả về: {asked.sha256[:8]}-danh-dau.xlsx, mở ra ở trang &quot;Kết quả kiểm tra&quot;." in page(
        season, asked
    )
    assert f"Tệp trả về: {refused.sha256[:8]}-ket-qua.xlsx, nêu từng nội dung." in page(season, refused)
    assert "Tệp trả về" not in page(season, clean)


def test_what_a_sender_wrote_is_shown_escaped(season: Season):
    name = "<script>alert(1)</script>&.xlsx".replace("/", "")
    season.put(name, agency("SNV", "Sở Nội vụ", 1))
    said = page(season, season.collect().files[0])
    assert "<script>" not in said and "&lt;script&gt;" in said


def test_the_result_workbook_has_one_row_a_finding_and_no_formula(season: Season):
    sent = agency("SNV", "Sở Nội vụ", 1).with_values(
        "talents", started_on='=HYPERLINK("http://x","y")', talent_group=None
    )
    season.put("SNV.xlsx", sent.with_cell("B03", "A1", "x"))
    result = season.collect().files[0]
    path = season.home.feedback(2025, "SNV") / f"{result.sha256[:8]}-ket-qua.xlsx"
    sheet = openpyxl.load_workbook(path).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert len(rows) == len(result.findings)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    head = [cell.value for cell in sheet[4]]
    by_rule = {row[head.index("Mã quy tắc")]: row for row in rows}
    wrong = by_rule["B03-STARTED_ON-TYPE"]
    assert (wrong[head.index("Trang")], wrong[head.index("Ô")]) == ("B03", sent.address("talents", "started_on"))
    assert wrong[head.index("Mức")] == "Phải sửa" and wrong[head.index("Cách sửa")]


def test_receipts_of_the_same_judgement_are_the_same_bytes(season: Season):
    season.put("SNV.xlsx", submission("talents").with_values("talents", **ASKED))
    season.collect()
    folder = season.home.feedback(2025, "SNV")
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    assert len(before) == 3  # receipt, result workbook, marked workbook
    season.put("STC.xlsx", agency("STC", "Sở Tài chính", 2))
    season.collect(now=NOW + timedelta(days=1))
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()} == before


def test_K5_the_receipt_is_one_page_however_much_is_wrong(season: Season, tmp_path: Path):
    """Printed by a browser: forty rows with four mistakes each, a long file name, long words."""
    book = submission("talents")
    for number in range(40):
        book.row(
            "talents", national_id=f"0031900{number:05d}", started_on="cuối năm 2023", degree="Th.s", sex="không rõ"
        )
    season.put(f"{'Sở Nội vụ tỉnh Lạng Sơn báo cáo ' * 4}.xlsx", book)
    (result,) = season.collect().files
    assert "nội dung khác: xem tệp trả về kèm theo" in page(season, result)
    browser = next(found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name)))
    printed = tmp_path / "receipt.pdf"
    subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'browser'}",
         f"--print-to-pdf={printed}", "--no-pdf-header-footer", (season.home.root / result.receipt).as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    info = subprocess.run(["pdfinfo", printed], check=True, capture_output=True, text=True).stdout
    assert "Pages:           1\n" in info


def test_where_only_forms_are_missing_no_rows_are_said_to_wait(season: Season):
    """ "0 dòng chưa dùng được" and "Các dòng chưa dùng được đã đánh dấu" stood there, and there were none."""
    season.put("SNV.xlsx", agency("SNV", "Sở Nội vụ", 1).not_nil("B04"))
    said = page(season, season.collect().files[0])
    assert "Đã tiếp nhận một phần: 2 dòng được nhận, 1 biểu còn thiếu" in said
    assert "Các nội dung phải sửa đã ghi trong tệp trả về." in said and "chưa dùng được" not in said


def test_S06_that_only_corrections_came_is_said_above_the_forms_that_seem_empty(season: Season):
    many = agency("SNV", "Sở Nội vụ", 1)
    for person in range(11, 25):
        many.row("talents", national_id=f"003190{person:06d}", recognition_number=f"{person}/QĐ-UBND")
    season.put("a.xlsx", many)
    season.collect()
    season.put("b.xlsx", agency("SNV", "Sở Nội vụ", 1))
    said = page(season, file_of(season.collect(now=NOW + timedelta(hours=1)), "b.xlsx"))
    told = "Tệp chỉ có 2 dòng, lần trước có 16 dòng. Nếu chỉ gửi phần sửa, đề nghị gửi lại cả tệp có đủ các dòng"
    assert said.index(told) < said.index("Việc tiếp theo") and "Bản bổ sung" not in said


def test_a_line_of_the_result_workbook_is_as_high_as_its_words_need(season: Season):
    """Senders of .xls and .ods have no other workbook; LibreOffice cut every line after its first."""
    season.put("SNV.xlsx", agency("SNV", "Sở Nội vụ", 1).with_values("talents", started_on="cuối năm 2023"))
    result = season.collect().files[0]
    path = season.home.feedback(2025, "SNV") / f"{result.sha256[:8]}-ket-qua.xlsx"
    sheet = openpyxl.load_workbook(path).active
    (line,) = [row for row in sheet.iter_rows(min_row=5) if row[10].value == "B03-STARTED_ON-TYPE"]
    assert len(line[7].value) > 2 * sheet.column_dimensions["H"].width
    assert sheet.row_dimensions[line[0].row].height >= 3 * 15
