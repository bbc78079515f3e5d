"""Tables as officers make them: what is a header, what is data, what is a line beside the data (D050-D087)."""

from decimal import Decimal

import pytest

from ingestion.workbook.interpreted import Interpreted
from tests.builders import Submission, submission

TALENT = ("talents", "B03")


def rules(book: Interpreted, severity: str | None = None) -> list[str]:
    return [f.rule for f in book.findings if severity is None or f.severity == severity]


def message(book: Interpreted, rule: str) -> str:
    return next(f.message for f in book.findings if f.rule == rule)


def append(form: str, *rows: list[object]):
    def edit(workbook):
        for row in rows:
            workbook[form].append(row)

    return edit


def test_D050_title_rows_above_the_headers(read):
    book = read(
        submission("talents").above("talents", "UBND TỈNH LẠNG SƠN", "SỞ NỘI VỤ", "Độc lập - Tự do", "Biểu B03", "")
    )
    assert [row["row"] for row in book.rows["talents"]] == [11]


def test_D057_columns_in_another_order_and_one_in_between(read):
    book = read(
        submission("talents")
        .in_order("talents", "started_on", "sex", "national_id")
        .with_column("talents", "Số điện thoại", before="degree")
    )
    row = book.rows["talents"][0]
    assert (row["national_id"], row["sex"], row["degree"]) == ("003190000123", "nu", "tien_si")
    assert "Số điện thoại" in message(book, "TEP-COT_LA")
    assert "lạ" not in row.values()


@pytest.mark.parametrize(
    "header",
    [
        "HỌ VÀ TÊN",
        "Họ  và\ntên",
        "Họ\u00a0và tên",
        "Họ và\u200b tên ",
        "Ho\u0323 va\u0300 te\u0302n",
        "Họ và tên (*)",
        "Họ và tên:",
    ],
)
def test_D054_D060_headers_however_they_are_typed(header: str, read):
    book = read(submission("talents").with_header("talents", "full_name", header))
    assert book.rows["talents"][0]["full_name"] == "Nông Thị Thử"
    assert not rules(book, "blocker")


def test_D055_a_synonym_is_taken_and_said(read):
    book = read(submission("talents").with_header("talents", "national_id", "Số CCCD"))
    assert book.rows["talents"][0]["national_id"] == "003190000123"
    assert "Số CCCD" in message(book, "B03-SYNONYM")


def test_D055_a_header_that_is_only_alike_is_never_taken(read):
    book = read(submission("talents").with_header("talents", "national_id", "Số căn cước cũ"))
    assert "national_id" not in {c.field for c in book.columns if c.dataset == "talents"}
    assert "Số căn cước cũ" in message(book, "TEP-THIEU_COT")


def test_F19_two_columns_with_one_header(read):
    book = read(submission("talents").with_column("talents", "Họ và tên"))
    assert "TEP-COT_TRUNG" in rules(book, "blocker")


def test_a_sheet_without_headers(read):
    book = read(submission("talents").edited(lambda workbook: workbook["B03"].delete_rows(4)))
    assert "TEP-KHONG_CO_TIEU_DE" in rules(book, "blocker")


@pytest.mark.parametrize(
    "numbers",
    [["(1)", "(2)", "(3)"], ["(1)", "(2)", "(4)"], [1, 2, 3], ["A", "B", 1, 2], ["1", "2", "3=1+2"]],
)
def test_D053_the_row_of_column_numbers(numbers: list[object], read):
    def renumber(workbook):
        for cell in workbook["B03"][5]:
            cell.value = None
        for column, value in enumerate(numbers, 1):
            workbook["B03"].cell(5, column, value)

    book = read(submission("talents").edited(renumber))
    assert [row["row"] for row in book.rows["talents"]] == [6]


def test_D039_headers_repeated_by_page_breaks(read):
    def repeat(workbook):
        sheet = workbook["B03"]
        sheet.append([cell.value for cell in sheet[4]])
        sheet.append([f"({n})" for n in range(1, 34)])
        sheet.append([cell.value for cell in sheet[6]])

    book = read(submission("talents").edited(repeat))
    assert 6 in [row["row"] for row in book.rows["talents"]] and 9 in [row["row"] for row in book.rows["talents"]]
    assert 7 not in [row["row"] for row in book.rows["talents"]]


def test_D073_D076_blank_rows_and_serial_numbers_alone(read):
    book = read(submission("talents").edited(append("B03", [], [None], [2], ["3"], [])))
    assert len(book.rows["talents"]) == 1


@pytest.mark.parametrize("word", ["Tổng cộng", "TỔNG SỐ", "Cộng", "Tổng cộng:", "CỘNG (I+II)", "Tæng céng"])
def test_C20_D070_total_rows_are_not_counted(word: str, read):
    book = read(submission("recruitment_summaries").edited(append("B02", [None, word, None, 5, 4, 1, 0])))
    assert [row["recruits_count"] for row in book.rows["recruitment_summaries"]] == [5]
    assert "B02-TOTAL-MISMATCH" not in rules(book)


def test_C20_D080_a_total_that_is_not_the_sum(read):
    lines = submission("budgets").row("budgets", purpose="dao_tao", spent_amount=1029.5)
    book = read(lines.edited(append("B06", ["Tổng cộng", None, None, None, None, None, None, 1250])))
    finding = next(f for f in book.findings if f.rule == "B06-TOTAL-MISMATCH")
    assert (finding.severity, finding.cell) == ("query", "H8")
    assert "1.250" in finding.message and "1.150" in finding.message and "triệu đồng" in finding.message


def test_a_target_called_total_is_data(read):
    book = read(submission("own_targets").with_value("own_targets", "target_label", "Tổng số nhân tài thu hút"))
    assert book.rows["own_targets"][0]["target_label"] == "Tổng số nhân tài thu hút"


def test_D071_D072_group_titles(read):
    def titles(workbook):
        sheet = workbook["B03"]
        sheet.append(["II", "Khối huyện"])
        sheet.append([None, "Khối đơn vị sự nghiệp"])
        sheet.merge_cells("B8:F8")

    book = read(submission("talents").edited(titles))
    assert len(book.rows["talents"]) == 1
    assert "dòng 7: tiêu đề nhóm; dòng 8: tiêu đề nhóm" in message(book, "B03-ROWS-SKIPPED")


def test_D074_D075_signatures_and_footnotes(read):
    tail = [
        [],
        ["(*) Không gồm hợp đồng"],
        [None, "Ghi chú: số liệu đến 20/11"],
        [None, "NGƯỜI LẬP BIỂU", None, None, "THỦ TRƯỞNG ĐƠN VỊ"],
        [None, "(Ký, ghi rõ họ tên)"],
        [None, "Trần Thị Ký", None, None, "Lê Văn Duyệt"],
    ]
    book = read(submission("talents").edited(append("B03", *tail)))
    assert [row["full_name"] for row in book.rows["talents"]] == ["Nông Thị Thử"]


@pytest.mark.parametrize("words", ["Không phát sinh", "không có", "KHÔNG CÓ SỐ LIỆU."])
def test_D077_nil_said_inside_the_table(words: str, read):
    book = read(submission("talents").not_nil("B04").edited(append("B04", [None, words])))
    assert next(s.state for s in book.forms if s.form == "B04") == "nil"
    assert "B04-NIL-IN-SHEET" in rules(book, "note")


def test_blank_is_not_nil(read):
    book = read(submission("talents").not_nil("B04"))
    assert next(s.state for s in book.forms if s.form == "B04") == "missing"
    assert "B04-FORM-MISSING" in rules(book, "error")


def test_an_owed_sheet_that_is_simply_gone_is_an_error_of_that_form(read):
    book = read(submission("talents").not_nil("B04").without_sheet("B04"))
    assert "B04-FORM-MISSING" in rules(book, "error") and not rules(book, "blocker")


def test_prepared_lines_that_nobody_filled_in_are_no_answer(read):
    bare = Submission("talents").bare_row("task_progress", task_code="II.1").bare_row("task_progress", task_code="II.3")
    filled = Submission("talents").bare_row("task_progress", task_code="II.1").row("task_progress", task_code="II.3")
    assert next(s for s in read(bare.not_nil("B07")).forms if s.form == "B07").state == "missing"
    assert next(s for s in read(filled.not_nil("B07")).forms if s.form == "B07").rows_read == 2


@pytest.mark.parametrize("mark", ["x", "X", "Có", " x "])
def test_nil_marks(mark: str, read):
    cell = "C17"
    book = read(submission("talents").not_nil("B04").with_cell("cover", cell, mark))
    assert "B04" in book.cover["nil_forms"].split(",")


def test_a_nil_cell_that_says_something_else(read):
    book = read(submission("talents").not_nil("B04").with_cell("cover", "C17", "đang rà soát"))
    finding = next(f for f in book.findings if f.rule == "COVER-NIL-MARK")
    assert (finding.severity, finding.cell) == ("error", "C17")


def test_D078_C16_merged_rows_are_kept_out(read):
    lines = submission("talents").row("talents", national_id="003190000124")
    book = read(lines.edited(lambda workbook: workbook["B03"].merge_cells("B6:B7")))
    assert book.kept_out == {("B03", 6), ("B03", 7)}
    assert "B6:B7" in message(book, "B03-MERGED-ROW")


def test_D083_the_sample_row_of_the_template(read):
    book = read(submission("talents").row("talents", full_name="Nguyễn Văn A"))
    assert len(book.rows["talents"]) == 1


def test_D034_F18_hidden_rows_are_data_and_said(read):
    def hide(workbook):
        workbook["B03"].row_dimensions[6].hidden = True

    book = read(submission("talents").edited(hide))
    assert len(book.rows["talents"]) == 1 and "1 dòng bị ẩn" in message(book, "B03-HIDDEN-ROWS")


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_D033_F18_hidden_sheets(state: str, read):
    def hide(workbook):
        workbook["B03"].sheet_state = state
        workbook.create_sheet("Sheet9").sheet_state = state
        workbook["Sheet9"]["A1"] = "số liệu cũ"

    book = read(submission("talents").edited(hide))
    assert len(book.rows["talents"]) == 1 and "B03-HIDDEN-SHEET" in rules(book, "note")
    assert "TEP-TRANG_AN" in rules(book, "blocker")


def test_D035_a_sheet_of_notes_is_left_unread_and_said(read):
    def note(workbook):
        workbook.create_sheet("Ghi chú")["A1"] = "gửi chị Hoa"

    book = read(submission("talents").edited(note))
    assert rules(book, "blocker") == [] and "Ghi chú" in message(book, "TEP-TRANG_LA")


def test_D032_a_second_sheet_of_the_same_form(read):
    book = read(submission("talents").edited(lambda workbook: workbook.copy_worksheet(workbook["B03"])))
    assert "TEP-TRANG_GIONG_BIEU" in rules(book, "blocker")


def test_missing_cover(read):
    book = read(submission("talents").without_sheet("cover"))
    assert "Thông tin chung" in message(book, "TEP-THIEU_TRANG") and book.agency_code is None


def test_a_form_the_agency_does_not_owe_is_not_used(read):
    book = read(submission("talents", "plans").cover(agency_code="06613", agency_name="Ủy ban nhân dân xã Đình Lập"))
    assert book.agency_code == "06613" and "plans" not in book.rows
    assert "B01-FORM-NOT-OWED" in rules(book, "note")


def test_raw_text_stands_beside_every_value(read):
    row = read(submission("talents").with_values("talents", sector="Y tế", unit_code="  A1 ")).rows["talents"][0]
    assert (row["started_on__raw"], row["sector__raw"], row["unit_code__raw"]) == ("13/03/2025", "Y tế", "  A1 ")
    assert (row["unit_code"], row["withdrawn_on"], row["withdrawn_on__raw"]) == ("A1", None, None)


def test_addresses_of_columns_and_cover_lines(read):
    book = read(submission("talents"))
    found = {(c.dataset, c.field): c.column_letter for c in book.columns}
    assert (found["talents", "national_id"], found["cover", "agency_code"]) == ("C", "B3")


def test_decimals_are_exact(read):
    book = read(submission("budgets").with_value("budgets", "spent_amount", 0.1 + 0.2))
    assert book.rows["budgets"][0]["spent_amount"] == Decimal("0.3000")


def test_a_numbered_line_is_no_signature_though_its_output_begins_with_a_leaders_title(read):
    """Found by the form's own checks: "Lãnh đạo, quản lý được bồi dưỡng" is an output, not who signs."""
    book = read(
        submission().bare_row("task_outputs", output_code="Lãnh đạo, quản lý được bồi dưỡng", planned_count=250)
    )
    assert [row["planned_count"] for row in book.rows["task_outputs"]] == [250]
