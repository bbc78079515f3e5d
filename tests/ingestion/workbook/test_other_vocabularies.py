"""What Excel puts beside the cells in vocabularies of its own extensions is no content (F02 refuses damage only)."""

import io

import pytest

from ingestion.workbook.row_count import count
from ingestion.workbook.styles import looks_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CELLS = '<{0}sheetData><{0}row r="1"><{0}c r="A1"><{0}v>7</{0}v></{0}c></{0}row></{0}sheetData>'
# [MS-XLSX] 2.3.2: a list that stands on another sheet is kept by Excel 2010 and later as x14:dataValidation
LIST_ELSEWHERE = (
    '<{0}extLst><{0}ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}"><x14:dataValidations '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1"><x14:dataValidation type="list">'
    "<x14:formula1><xm:f>'Danh mục'!$A$1:$A$5</xm:f></x14:formula1><xm:sqref>B6</xm:sqref>"
    "</x14:dataValidation></x14:dataValidations></{0}ext></{0}extLst>"
)


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_list_on_another_sheet_as_excel_keeps_it_is_no_formula_of_a_cell(prefix: str):
    declared = f'xmlns{":x" if prefix else ""}="{MAIN}"'
    body = (CELLS + LIST_ELSEWHERE).format(prefix)
    part = f"<{prefix}worksheet {declared}>{body}</{prefix}worksheet>"
    assert count(io.BytesIO(part.encode()), {}).cells == {(1, 0): ("n", "7")}


def test_a_number_format_of_a_conditional_format_is_no_format_of_cells():
    part = (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.00"/></numFmts>'
        '<cellXfs count="1"><xf numFmtId="164"/></cellXfs>'
        '<dxfs count="1"><dxf><numFmt numFmtId="164" formatCode="0%"/></dxf></dxfs></styleSheet>'
    )
    assert looks_of(io.BytesIO(part.encode())).percents == frozenset()
