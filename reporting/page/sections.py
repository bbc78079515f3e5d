"""What stands under which heading of the page: sentences of the report, charts, the tables of each annex.

Does not live here: any sentence or figure of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from reporting.narrative import steering
from reporting.narrative.blocks import Heading, Paragraph
from reporting.narrative.report import report_text
from reporting.page import pictures
from reporting.page.cards import Differing, differing
from reporting.page.pictures import Picture
from reporting.tables.model import Annex, Table
from reporting.warehouse import Report
from reporting.wording import say

# annex → (short name for the contents, heading of the report whose paragraphs belong to it)
_PLACES: dict[str, tuple[str, str]] = {
    "I": ("Kết quả chỉ tiêu", ""),
    "II": ("Tuyển dụng theo cơ quan", ""),
    "III": ("Nhân tài đang làm việc", ""),
    "IV": ("Biến động, ở lại", ""),
    "V": ("Đào tạo, bồi dưỡng", ""),
    "VI": ("Nhiệm vụ, giải pháp", "2. Kết quả thực hiện nhiệm vụ, giải pháp"),
    "VII": ("Nhiệm vụ được giao", "3. Nhiệm vụ được giao"),
    "VIII": ("Kinh phí", "4. Kinh phí"),
    "IX": ("Tiến cử, khen thưởng, mạng lưới", ""),
    "X": ("Tình hình gửi báo cáo", "4. Tình hình báo cáo"),
    "XII": ("Định nghĩa, tham số", ""),
    "XIII": ("Chất lượng số liệu", "4. Chất lượng số liệu"),
    "XIV": ("Danh mục văn bản", "1. Ban hành văn bản"),
    "XV": ("Đề xuất, kiến nghị", "V. ĐỀ XUẤT, KIẾN NGHỊ"),
    "XVI": ("Kế hoạch của cơ quan", ""),
}
_LEAD = ("1. Kết quả đạt được", "2. Hạn chế")
_PICTURES: dict[str, Callable[[Report], Iterable[Picture]]] = {
    "I": pictures.indicators,
    "III": pictures.talents,
    "VIII": pictures.budgets,
    "X": pictures.submissions,
}


@dataclass(frozen=True)
class Section:
    """A part of the page: one annex with what the report says about it."""

    anchor: str
    short: str
    title: str
    caption: str
    paragraphs: tuple[Paragraph, ...]
    pictures: tuple[Picture, ...]
    tables: tuple[Table, ...]
    differing: tuple[Differing, ...] | None = None


def lead(report: Report) -> list[str]:
    """The first sentences of the page: what was reached, what was not, what the figures rest on."""
    said = _paragraphs(report)
    reached = [paragraph.text for heading in _LEAD for paragraph in said[heading]]
    return [*reached, steering.opening(report)[-1].text]  # type: ignore[union-attr]


def sections(report: Report, annexes: Iterable[Annex]) -> list[Section]:
    """One section for every annex that has tables, in order. Raises KeyError for an annex without a place here."""
    said = _paragraphs(report)
    made = []
    for annex in annexes:
        if not annex.tables:
            continue
        short, heading = _PLACES[annex.number]
        made.append(
            Section(
                anchor=f"phu-luc-{annex.number.lower()}",
                short=short,
                title=f"Phụ lục {annex.number}. {annex.title}",
                caption=annex.title,
                paragraphs=tuple(_at_home(said[heading], annex.number)) if heading else (),
                pictures=tuple(_PICTURES[annex.number](report)) if annex.number in _PICTURES else (),
                tables=annex.tables,
                differing=tuple(differing(report)) if annex.number == "I" else None,
            )
        )
    return made


def _at_home(paragraphs: Iterable[Paragraph], annex: str) -> Iterator[Paragraph]:
    """The paragraphs without their pointer to the annex in which they stand here."""
    pointer = say("chi_tiet_phu_luc", pl=annex)
    for paragraph in paragraphs:
        text = paragraph.text.removesuffix(pointer).rstrip()
        if text:
            yield Paragraph(text, paragraph.lead)


def _paragraphs(report: Report) -> dict[str, list[Paragraph]]:
    """The paragraphs of the report by the heading they stand under; what an officer must write is left out."""
    found: dict[str, list[Paragraph]] = {}
    heading = ""
    for block in report_text(report):
        if isinstance(block, Heading):
            heading = block.text
            found.setdefault(heading, [])
        elif isinstance(block, Paragraph) and heading:
            found[heading].append(block)
    return found
