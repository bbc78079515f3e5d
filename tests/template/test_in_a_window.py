"""What only shows when a person opens the form in a window (decision 81): cut texts, hints, refusals, first cell."""

import re
import zipfile
from io import BytesIO

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from expectations.contracts.load import load
from ingestion.template import shape
from tests.template.officer import COVER, columns_of, labels_of, nil_cells


def at(sheet: Worksheet, cell: str) -> DataValidation:
    """The validation of one cell."""
    return next(rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref)


def test_a_line_grows_with_what_is_chosen_in_it(department_bytes):
    """A fixed height cut "Cán bộ, công chức, viên chức, người lao động có năng lực nổi trội" after its first line."""
    with zipfile.ZipFile(BytesIO(department_bytes)) as package:
        talents = package.read("xl/worksheets/sheet5.xml").decode()
    assert "Biểu B03" in talents and 'r="C6"' in talents
    rows = re.findall(r'<row r="([0-9]+)"[^>]*customHeight', talents)
    assert rows and max(map(int, rows)) < shape.FIRST_DATA_ROW
    assert "customHeight" not in re.findall(r"<sheetFormatPr[^>]*>", talents)[0]


def test_a_header_is_as_high_as_its_words_need(department):
    """ "Ngày vi phạm cam kết" takes three lines of a column of 12, "Số định danh cá nhân (CCCD)" two of 16."""
    assert department["B14"].row_dimensions[shape.HEADER_ROW].height >= 3 * 15
    assert department["B06"].row_dimensions[shape.HEADER_ROW].height < 4 * 15


def test_a_title_that_is_wider_than_its_table_begins_at_the_left(department):
    """Centred over five narrow columns "Biểu B09. Khen thưởng trong …" lost letters at both ends, on paper too."""
    assert department["B09"]["A1"].alignment.horizontal == "left"
    assert department["B09b"]["A1"].alignment.horizontal == "left"
    assert department["B02"]["A1"].alignment.horizontal == "centerContinuous"


def test_yes_and_no_are_chosen_from_a_list(department):
    """docs/self-check.md says of these cells that they take nothing else; "Khong" was taken."""
    for dataset in ("plans", "talents"):
        first, columns = columns_of(department, load(dataset))
        sheet = department[load(dataset).sheet.code]
        for field in load(dataset).form_fields:
            if field.type == "boolean":
                rule = at(sheet, sheet.cell(first, columns[field.name]).coordinate)
                assert (rule.type, rule.formula1, rule.errorStyle) == ("list", '"Có,Không"', None)
                assert rule.error == "Chọn Có hoặc Không."


def test_every_refusal_says_in_vietnamese_what_is_taken(department):
    for sheet in department:
        for rule in sheet.data_validations.dataValidation:
            assert rule.type in (None, "none") or (rule.errorTitle and rule.error), (sheet.title, rule.sqref)
    assert at(department[COVER], nil_cells(department)["B04"]).error == "Ô này chỉ nhận x hoặc để trống."


def test_the_days_of_the_first_sheet_have_the_bounds_of_the_contract(department):
    for name in ("figures_as_of", "document_date"):
        field = load("cover").field(name)
        rule = at(department[COVER], labels_of(department)[field.label.vi])
        assert f"từ {field.minimum:%d/%m/%Y} đến {field.maximum:%d/%m/%Y}" in rule.error


def test_a_hint_is_narrow(department):
    """LibreOffice draws it as broad as its longest line: 255 characters in one line hide half the form."""
    hints = [rule.prompt for sheet in department for rule in sheet.data_validations.dataValidation if rule.prompt]
    assert hints and max(len(line) for hint in hints for line in hint.splitlines()) <= 48


def test_one_begins_where_the_first_word_is_missing(department):
    chosen = {sheet.title: sheet.sheet_view.selection[-1].activeCell for sheet in department}
    assert chosen[COVER] == labels_of(department)["Số liệu tính đến ngày"]
    assert chosen["B03"] == "B6"
    first, columns = columns_of(department, load("task_progress"))
    assert chosen["B07"] == department["B07"].cell(first, columns["status"]).coordinate


def test_links_say_how_they_work_in_libreoffice(department):
    words = [cell.value for row in department[COVER].iter_rows() for cell in row if isinstance(cell.value, str)]
    assert any("LibreOffice: giữ phím Ctrl và bấm" in text for text in words)
