"""What the officer sees when the file comes back: it opens on the findings, whole, with the place for the answer."""

import io
import re
import zipfile
from pathlib import Path

import openpyxl

from expectations.home import Home
from ingestion.annotation.borrowed import Looks, borrowed_looks
from ingestion.annotation.insertion import attribute_in, with_attribute
from ingestion.annotation.result_sheet import ANSWER_COLUMN, WIDTHS
from ingestion.check import check
from ingestion.template.writer import workbook_bytes
from tests.template.officer import COVER, fill_in
from tests.template.random_forms import YEAR, book_of

RESULT = "Kết quả kiểm tra"
SCREEN = 200
"""Characters that a window of 1600 pixels shows beside each other at 100 % (7 pixels each, the row numbers aside)."""
OF_LIBREOFFICE = """<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts count="2"><numFmt numFmtId="164" formatCode="General"/><numFmt numFmtId="165" formatCode="@"/></numFmts>
<fonts><font><sz val="11"/></font><font><b val="true"/><sz val="11"/></font><font><b val="false"/></font></fonts>
<fills><fill/><fill/><fill><patternFill patternType="solid"/></fill></fills>
<cellStyleXfs><xf numFmtId="164"><alignment horizontal="general" wrapText="true"/></xf></cellStyleXfs>
<cellXfs count="6"><xf numFmtId="164" fontId="0" fillId="0" borderId="0">
<alignment horizontal="general" wrapText="false"/>
<protection locked="true"/></xf>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0"><alignment horizontal="general" wrapText="true"/></xf>
<xf numFmtId="14" fontId="0" fillId="0" borderId="1"><alignment horizontal="left" wrapText="true"/></xf>
<xf numFmtId="165" fontId="0" fillId="2" borderId="1"><alignment horizontal="left" wrapText="true"/>
<protection locked="false"/></xf>
<xf numFmtId="164" fontId="1" fillId="2" borderId="1"><alignment horizontal="center" wrapText="true"/></xf>
<xf numFmtId="164" fontId="2" fillId="0" borderId="1"><alignment horizontal="left" wrapText="true"/></xf></cellXfs>
</styleSheet>"""
"""Styles as LibreOffice 7.4 writes them: the format General under a number of its own, every truth in words."""


def returned(tmp_path: Path, active: str) -> openpyxl.Workbook:
    """The marked workbook of an officer who saved on the sheet `active`, with a query at B03."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "sample.json").write_text("{}")
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(book_of("SNV"))))
    fill_in(book, YEAR)
    header = {cell.value: cell.column for cell in book["B03"][4]}
    book["B03"].cell(6, header["Nhóm nhân tài"]).value = None
    for sheet in book:
        sheet.sheet_view.tabSelected = sheet.title == active
    book.active = book[active]
    path = tmp_path / "SNV.xlsx"
    book.save(path)
    marked = check([path], Home(tmp_path / "home"), tmp_path / "back")[0].annotated
    assert marked is not None
    return openpyxl.load_workbook(marked)


def test_the_returned_file_opens_on_its_findings_and_on_nothing_else(tmp_path: Path):
    """A second selected sheet would be a group, in which one typing changes both sheets."""
    book = returned(tmp_path, "B03")
    assert book.active.title == RESULT
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == [RESULT]


def test_a_finding_can_be_read_whole_without_leaving_the_screen(tmp_path: Path):
    sheet = returned(tmp_path, COVER)[RESULT]
    assert sum(WIDTHS) <= SCREEN
    top = next(row for row in sheet.iter_rows() if row[0].value == "STT")
    assert top[ANSWER_COLUMN].value == "Giải trình" and top[0].font.b
    line = next(row for row in sheet.iter_rows(min_row=top[0].row + 1) if row[9].value)
    for cell, width in zip(line, WIDTHS, strict=True):
        assert cell.alignment.wrap_text, cell.coordinate
        assert sheet.row_dimensions[cell.row].height >= 15 * (len(str(cell.value or "")) / width)


def test_what_stands_in_a_column_is_not_said_again_in_the_sentence(tmp_path: Path):
    sheet = returned(tmp_path, COVER)[RESULT]
    told = [row[6].value for row in sheet.iter_rows() if row[9].value and row[0].value != "STT"]
    assert told and not [text for text in told if re.match(r"Ô [A-Z]+[0-9]", text)]


def test_the_cell_of_an_answer_looks_like_one_that_may_be_filled_in(tmp_path: Path):
    sheet = returned(tmp_path, COVER)[RESULT]
    line = next(row for row in sheet.iter_rows() if row[9].value == "B03-TALENT_GROUP-REQUIRED")
    assert line[ANSWER_COLUMN].fill.fgColor.rgb[-6:] == "FFF8DC" and not line[ANSWER_COLUMN].protection.locked
    assert line[ANSWER_COLUMN - 1].fill.fill_type is None


def test_a_correction_typed_beside_the_finding_is_stopped(tmp_path: Path):
    """The correction belongs into the form; a rule's id that somebody typed over has no answer any more."""
    sheet = returned(tmp_path, COVER)[RESULT]
    assert sheet.protection.sheet and not sheet.protection.formatColumns
    line = next(row for row in sheet.iter_rows() if row[9].value == "B03-TALENT_GROUP-REQUIRED")
    assert [cell.column - 1 for cell in line if not cell.protection.locked] == [ANSWER_COLUMN]


def test_styles_that_libreoffice_wrote_are_found_too():
    assert borrowed_looks(OF_LIBREOFFICE.encode()) == Looks(text=5, header=4, answer=3)
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(book_of("SNV")))) as package:
        assert None not in vars(borrowed_looks(package.read("xl/styles.xml"))).values()
    plain = io.BytesIO()
    openpyxl.Workbook().save(plain)
    with zipfile.ZipFile(plain) as package:
        assert borrowed_looks(package.read("xl/styles.xml")) == Looks()


def test_an_attribute_is_set_or_taken_away_in_the_first_such_element_only():
    part = b"""<a><x:v  tab = '1' q=">"/><v tab="1"></v></a>"""
    assert with_attribute(part, "v", "tab", None) == b"""<a><x:v q=">"/><v tab="1"></v></a>"""
    assert with_attribute(part, "v", "tab", "7") == b"""<a><x:v q=">" tab="7"/><v tab="1"></v></a>"""
    assert attribute_in(with_attribute(b"<a><v></v></a>", "v", "n", "2"), "v", "n") == "2"
    assert with_attribute(part, "w", "tab", None) == part
