"""The first page's head and the last page's foot: agency, national title, number, place and day; recipients, signer.

Number, day and name of the signer are open: they come into being when the report is signed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reporting.document.format import TEXT_WIDTH, element, rule
from reporting.narrative.steering import PLACE, title
from reporting.warehouse import Report
from reporting.wording import say

if TYPE_CHECKING:
    from docx.document import Document

AGENCY = ("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN")
SYMBOL = "BC-UBND"
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
SIGNER = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
RECIPIENTS = (
    "Như trên;",
    "TT Tỉnh ủy, TT HĐND tỉnh (b/c);",
    "Chủ tịch, các PCT UBND tỉnh;",
    "UBMTTQ tỉnh;",
    "Ban Tổ chức Tỉnh ủy;",
    "Sở Nội vụ;",
    "Các cơ quan, đơn vị có tên tại Phụ lục;",
    "Lưu: VT, NC.",
)
_AGENCY_WIDTH, _NATION_WIDTH = 65, 100
# The drawn lines: under the motto as long as its text (62 mm at 14 pt bold), else a third to a half of the text.
_MOTTO_RULE, _AGENCY_RULE, _SUBJECT_RULE = 62, 24, 60


def head(document: Document, report: Report, is_draft: bool) -> None:
    """Everything above the first line of text."""
    grid = invisible_table(document, (_AGENCY_WIDTH, _NATION_WIDTH))
    agency, nation = grid.rows[0].cells
    _lines(agency, AGENCY, "Tên cơ quan")
    rule(agency, _AGENCY_RULE, _AGENCY_WIDTH, "Tên cơ quan")
    _lines(nation, (NATION,), "Quốc hiệu")
    nation.add_paragraph(MOTTO, style="Tiêu ngữ")
    rule(nation, _MOTTO_RULE, _NATION_WIDTH, "Tiêu ngữ")
    number, day = grid.add_row().cells
    _lines(number, (f"Số: ……/{SYMBOL}",), "Số, ký hiệu")
    _lines(day, (f"{PLACE}, ngày …… tháng …… năm {report.header['known_on'].year}",), "Địa danh, thời gian")
    if is_draft:
        document.add_paragraph("DỰ THẢO", style="Dự thảo")
    _space(document.add_paragraph("BÁO CÁO", style="Tên loại"), 18)
    document.add_paragraph(title(report), style="Trích yếu")
    rule(document, _SUBJECT_RULE, TEXT_WIDTH)
    _space(document.add_paragraph(say("kinh_gui"), style="Kính gửi"), 6, 12)


def foot(document: Document) -> None:
    """Recipients on the left, level with the signer's title on the right."""
    _space(document.add_paragraph(style="Danh sách nơi nhận"), 0)
    grid = invisible_table(document, (78, 87))
    recipients, signer = grid.rows[0].cells
    _lines(recipients, ("Nơi nhận:",), "Nơi nhận")
    for line in RECIPIENTS:
        recipients.add_paragraph(f"- {line}", style="Danh sách nơi nhận")
    _lines(signer, SIGNER, "Chữ ký")
    for _ in range(4):
        signer.add_paragraph(style="Chữ ký")
    signer.add_paragraph("[Họ và tên người ký]", style="Chữ ký")


def attached_to() -> str:
    """The line under the title of every annex; number and day are filled when the report is signed."""
    return f"(Kèm theo Báo cáo số ……/{SYMBOL} ngày …… tháng …… năm …… của Ủy ban nhân dân tỉnh {PLACE})"


def invisible_table(container: Any, widths: tuple[float, ...]) -> Any:
    """A table of one row without borders or padding that holds text side by side and is not torn over pages."""
    from docx.oxml.ns import qn
    from docx.shared import Mm

    grid = container.add_table(rows=1, cols=len(widths))
    grid.autofit = False
    properties = grid._tbl.tblPr
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w="0", type="dxa"))
    look = properties.find(qn("w:tblLook"))
    look.addprevious(margins) if look is not None else properties.append(margins)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    grid.rows[0]._tr.get_or_add_trPr().append(element("w:cantSplit"))
    return grid


def _lines(cell: Any, lines: tuple[str, ...], style: str) -> None:
    """Put lines into a cell, the first into the paragraph that the cell was born with."""
    cell.paragraphs[0].style = style
    cell.paragraphs[0].add_run(lines[0])
    for line in lines[1:]:
        cell.add_paragraph(line, style=style)


def _space(paragraph: Any, before: float, after: float | None = None) -> None:
    from docx.shared import Pt

    paragraph.paragraph_format.space_before = Pt(before)
    if after is not None:
        paragraph.paragraph_format.space_after = Pt(after)
