"""The blank form: which sheets, which headers, what may be filled in and how (BRIEF § 3, definitions.md § 1)."""

import zipfile
from io import BytesIO

import pytest

from expectations.contracts.load import all_contracts
from ingestion.template import shape
from ingestion.template.owed import NoSuchYear, asked_outputs, asked_tasks, owed_forms, senders
from ingestion.template.pages import blank_book
from ingestion.template.styles import INPUT_COLOUR
from ingestion.template.writer import workbook_bytes

ALL = [
    "B01",
    "B01b",
    "B02",
    "B03",
    "B04",
    "B05",
    "B06",
    "B07",
    "B07b",
    "B08",
    "B09",
    "B09b",
    "B11",
    "B12",
    "B13",
    "B14",
]
OF_A_COMMUNE = ["B02", "B03", "B04", "B05", "B07", "B07b", "B08", "B09", "B09b", "B12", "B14"]
OF_ONE = {"SNV": {"KT"}, "SNGV": {"B10", "B15"}, "SGDDT": {"B15"}, "SKHCN": {"B15"}, "BDT": {"B15"}, "SDTTG": {"B15"}}
"""What only one body owes, by its official code (definitions.md § 1)."""
FORMS = {contract.sheet.code: contract for contract in all_contracts() if contract.sheet}


@pytest.mark.parametrize(("year", "count"), [(2024, 32), (2025, 80), (2026, 80)])
def test_every_agency_that_owes_a_year_gets_exactly_the_sheets_it_owes(year: int, count: int):
    owing = senders(year)
    assert len(owing) == count
    for one in owing:
        book = blank_book(one, year, "x")
        assert [page.name for page in book.pages] == sheets(one)


def sheets(sender) -> list[str]:
    usual = OF_A_COMMUNE if sender.kind == "commune" else ALL
    return sorted({*usual, *OF_ONE.get(sender.official_code, ())})


def test_a_department_has_sixteen_forms_and_a_commune_eleven(department, commune):
    assert department.sheetnames == [shape.COVER_SHEET, *ALL, "KT", shape.LIST_SHEET]
    assert commune.sheetnames == [shape.COVER_SHEET, *OF_A_COMMUNE, shape.LIST_SHEET]


def test_a_commune_is_asked_about_three_task_groups_and_its_own_duty():
    commune = next(one for one in senders(2025) if one.agency_code == "06613")
    assert asked_tasks(commune, 2025) == ["II.1", "II.3", "II.8", "III.11"]
    assert {task for task, _ in asked_outputs(commune, 2025)} == {"II.1", "II.3", "II.8"}


def test_the_owner_on_the_deadline_day_reports_the_duty():
    """III.7: Sở TT&TT until 28/02/2025, Sở KH&CN since (definitions.md R10)."""
    before = {one.agency_code: one for one in senders(2024)}
    after = {one.agency_code: one for one in senders(2025)}
    assert "III.7" in asked_tasks(before["STTTT"], 2024)
    assert "III.7" in asked_tasks(after["SKHCN"], 2025)
    assert "STTTT" not in after


def test_a_year_without_calendar_has_no_forms():
    with pytest.raises(NoSuchYear):
        senders(1999)


def test_headers_are_the_labels_of_the_contract(department):
    for form in ALL:
        sheet = department[form]
        labels = [shape.NUMBER_HEADER, *(field.label.vi for field in FORMS[form].form_fields)]
        assert [cell.value for cell in sheet[shape.HEADER_ROW]] == labels
        assert [cell.value for cell in sheet[shape.NUMBER_ROW]] == [f"({i + 1})" for i in range(len(labels))]
        assert sheet.cell(1, 1).value == FORMS[form].sheet.title.vi
        assert sheet.cell(2, 1).value == "Cơ quan: Sở Nội vụ – Năm báo cáo: 2025"
        units = {field.unit for field in FORMS[form].form_fields if field.unit and field.unit != "năm"}
        assert sheet.cell(3, 1).value.startswith("Đơn vị tính: " if units else "Mỗi dòng là ")


def test_the_cover_says_who_and_what_is_owed(department):
    sheet = department[shape.COVER_SHEET]
    lines = {sheet.cell(row, 1).value: sheet.cell(row, 2).value for row in range(3, 16)}
    assert lines["Mã cơ quan"] == "SNV"
    assert lines["Năm báo cáo"] == 2025
    assert lines["Số liệu tính đến ngày"] is None
    top = next(row for row in range(1, 30) if sheet.cell(row, 1).value == shape.NIL_HEADERS[0])
    assert [sheet.cell(top, column).value for column in (1, 2, 3)] == list(shape.NIL_HEADERS)
    assert [sheet.cell(top + 1 + i, 1).value for i in range(len(ALL))] == ALL


def test_only_what_may_be_filled_in_is_unlocked_and_it_has_one_colour(department):
    for form in ALL:
        sheet = department[form]
        assert sheet.protection.sheet
        for row in sheet.iter_rows(min_row=1, max_row=shape.NUMBER_ROW, max_col=3):
            assert all(cell.protection.locked for cell in row)
        for row in sheet.iter_rows(min_row=shape.FIRST_DATA_ROW, max_row=shape.FIRST_DATA_ROW + 5):
            assert not any(cell.protection.locked for cell in row)
            assert {cell.fill.fgColor.rgb[-6:] for cell in row} == {INPUT_COLOUR.lstrip("#")}


def test_the_structure_is_locked(department_bytes):
    workbook = zipfile.ZipFile(BytesIO(department_bytes)).read("xl/workbook.xml").decode()
    assert '<workbookProtection lockStructure="1"/>' in workbook


def test_ids_are_text_and_days_are_days(department):
    sheet = department["B03"]
    header = {cell.value: cell.column for cell in sheet[shape.HEADER_ROW]}
    assert sheet.cell(shape.FIRST_DATA_ROW, header["Số định danh cá nhân (CCCD)"]).number_format == "@"
    assert sheet.cell(shape.FIRST_DATA_ROW, header["Ngày sinh"]).number_format == "dd/mm/yyyy"


def test_codes_come_from_a_list_and_days_and_counts_are_bounded(department):
    kinds = {}
    for rule in department["B03"].data_validations.dataValidation:
        column = str(rule.sqref).split(":")[0].rstrip("0123456789")
        kinds[department["B03"][f"{column}{shape.HEADER_ROW}"].value] = rule
    assert kinds["Giới tính"].type == "list"
    assert kinds["Giới tính"].formula1.startswith(f"'{shape.LIST_SHEET}'!")
    assert kinds["Ngày sinh"].type == "date"
    assert kinds["Số định danh cá nhân (CCCD)"].errorStyle == "warning"
    assert all(len(rule.prompt or "") <= 255 for rule in kinds.values())
    assert kinds["Ngày sinh"].prompt
    counts = [rule.type for rule in department["B02"].data_validations.dataValidation]
    assert counts.count("whole") == 4


def test_a_dropdown_offers_the_labels_of_its_list(department):
    rule = next(r for r in department["B02"].data_validations.dataValidation if r.type == "list")
    first, last = (int(part.split("$")[-1]) for part in rule.formula1.split("!")[1].split(":"))
    offered = [department[shape.LIST_SHEET].cell(row, 2).value for row in range(first, last + 1)]
    assert offered[:3] == ["Thi tuyển", "Xét tuyển", "Tiếp nhận"]


def test_a_code_that_ended_within_the_year_can_still_be_chosen():
    """Commune officials are a kind of staff until 30/06/2025 only."""
    labels = {}
    for year in (2025, 2026):
        one = next(s for s in senders(year) if s.agency_code == "SNV")
        lists = {code_list.name: dict(code_list.codes) for code_list in blank_book(one, year, "x").lists}
        labels[year] = set(lists["staff_kind"])
    assert "can_bo_xa" in labels[2025]
    assert "can_bo_xa" not in labels[2026]


def test_forms_print_on_a4_landscape_in_times_new_roman(department):
    for sheet in department:
        orientation = "portrait" if sheet.title in (shape.COVER_SHEET, shape.LIST_SHEET) else "landscape"
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, orientation)
        fonts = {cell.font.name for row in sheet.iter_rows(max_row=8) for cell in row if cell.value is not None}
        assert fonts == {"Times New Roman"}
    assert department["B03"].print_title_rows == f"${shape.HEADER_ROW}:${shape.NUMBER_ROW}"


def test_the_edition_is_a_property_of_the_file(department):
    properties = {one.name: one.value for one in department.custom_doc_props.props}
    assert properties[shape.EDITION_PROPERTY] == "2025.0123456789ab"


def test_tasks_and_outputs_are_listed_already(department):
    codes = {department["B07"].cell(row, 2).value for row in range(6, 20)} - {None}
    assert len(codes) == len(asked_tasks(next(s for s in senders(2025) if s.agency_code == "SNV"), 2025))


def test_the_same_form_is_the_same_bytes(department_bytes):
    one = next(s for s in senders(2025) if s.agency_code == "SNV")
    assert workbook_bytes(blank_book(one, 2025, "2025.0123456789ab")) == department_bytes


def test_owed_forms_follow_the_kind_of_agency():
    kinds = {one.kind: owed_forms(one, 2024) for one in senders(2024) if one.official_code not in OF_ONE}
    assert kinds == {"department": ALL, "unit": ALL, "district": ALL}
