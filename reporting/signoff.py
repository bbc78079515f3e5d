"""`to-trinh.docx`: the one page on top of the report when it is put before the signer. Internal, never public.

Lives here: verdicts, who is missing, what may still change, what differs from the edition before, what a person wrote,
which exceptions were accepted. Does not live here: the report itself, or the decision.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reporting import fixed_bytes, numbers
from reporting.narrative.blocks import Heading, Placeholder
from reporting.narrative.report import report_text
from reporting.narrative.steering import PLACE, counted_to, missing_agencies
from reporting.publication.facts import EditionFacts
from reporting.publication.marts import PRIVATE
from reporting.tables.indicators import PROVISIONAL, verdict_text
from reporting.tables.model import BODY, Column, Table, text
from reporting.tables.model import Row as PrintedRow
from reporting.totals import total_of, with_totals
from reporting.warehouse import Report, Row, read_report
from reporting.wording import say

if TYPE_CHECKING:
    from docx.document import Document

NAME = "to-trinh.docx"
_MOST_NAMES, _MOST_REASONS = 10, 5
_COLUMNS = (
    Column("name", "", "Chỉ tiêu", "text", 62),
    Column("result", "", "Kết quả", "ratio", 28),
    Column("range", "", "Thấp nhất – cao nhất", "ratio", 26),
    Column("verdict", "", "Kết luận", "text", 31),
    Column("change", "", "Có thể đổi", "ratio", 18),
)


def write(report: Report, path: Path, facts: EditionFacts) -> None:
    """Write the sign-off page from the whole report (before anything is withheld). Same input, same bytes."""
    from reporting.document import format as decree
    from reporting.document.grid import add_table

    document = decree.new_document()
    _title(document, report, facts)
    _point(document, say("tt.ket_luan"))
    add_table(document, _verdicts(report), decree.TEXT_WIDTH, 10.5, tuple(c.key for c in _COLUMNS))
    for lead, said in _points(report, facts):
        _point(document, said.rstrip(".") + ".", lead)
    document.save(str(path))
    fixed_bytes.settle(path)


def write_internal(database: Path, folder: Path, facts: EditionFacts) -> None:
    """Write the sign-off page of a build into the edition's ``internal`` folder, readable by the group only."""
    path = folder / NAME
    write(with_totals(read_report(database)), path, facts)
    path.chmod(PRIVATE)


def may_change(row: Row) -> bool:
    """Whether the verdict can still turn: the year runs, or the bounds of missing agencies say different things."""
    if row["verdict"] in ("no_target", "not_due"):
        return False
    return row["observation_status"] == PROVISIONAL or row["verdict_at_lower"] != row["verdict_at_upper"]


def _title(document: Document, report: Report, facts: EditionFacts) -> None:
    document.add_paragraph("TỜ TRÌNH", style="Tên loại")
    document.add_paragraph(say("tt.ve_viec", nam=report.year, tinh=PLACE), style="Trích yếu")
    edition = say("tt.du_thao") if facts.is_draft else say("tt.lan", lan=facts.number)
    closing = numbers.day(counted_to(report))
    line = say("tt.ban_dung", lan=edition, chot=closing, ban=facts.build_id, quy_tac=facts.rule_version)
    document.add_paragraph(line, style="Ghi chú").paragraph_format.first_line_indent = 0


def _point(document: Document, said: str, lead: str = "") -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph(style="Ô bảng")
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    for words, bold in ((f"{lead} " if lead else "", True), (said, not lead)):
        run = paragraph.add_run(words)
        run.bold, run.font.size = bold, Pt(12)


def _verdicts(report: Report) -> Table:
    rows = [
        PrintedRow({
            "name": text(row["name_vi"]),
            "result": text(_result(row)),
            "range": text(_range(row)),
            "verdict": text(verdict_text(row)),
            "change": text("có" if may_change(row) else numbers.NOTHING),
        }, BODY)
        for row in report.indicators
    ]  # fmt: skip
    return Table("verdicts", "", "", _COLUMNS, tuple(rows))


def _result(row: Row) -> str:
    if row["verdict"] == "not_due":
        return numbers.NOT_DUE
    if not row["denominator"]:
        return numbers.NOTHING
    printed = numbers.share_printed(row["numerator"], row["denominator"], row["target_value"])
    return f"{numbers.written(row['numerator'])}/{numbers.written(row['denominator'])} ({printed})"


def _range(row: Row) -> str:
    if row["verdict"] == "not_due" or row["lower_bound"] == row["upper_bound"]:
        return numbers.NOTHING
    return f"{numbers.percent(row['lower_bound'])} – {numbers.percent(row['upper_bound'])}"


def _points(report: Report, facts: EditionFacts) -> Iterator[tuple[str, str]]:
    missing = missing_agencies(report)
    yield say("tt.thieu"), _names(missing) if missing else say("tt.khong")
    turning = [str(row["name_vi"]) for row in report.indicators if may_change(row)]
    yield say("tt.doi"), "; ".join(turning) if turning else say("tt.khong")
    yield say("tt.khac"), say("tt.khac.dau") if facts.number <= 1 else say("tt.khac.sau")
    yield say("tt.soan"), "; ".join(dict.fromkeys(_drafted(report))) or say("tt.khong")
    yield say("tt.ngoai_le"), "; ".join(_exceptions(report)) or say("tt.khong")


def _names(names: list[str]) -> str:
    shown = "; ".join(names[:_MOST_NAMES])
    rest = len(names) - _MOST_NAMES
    return f"{numbers.in_sentence(len(names))} cơ quan: {shown}" + (
        f"; và {rest} cơ quan khác (Phụ lục X)" if rest > 0 else ""
    )


def _drafted(report: Report) -> Iterator[str]:
    """The headings under which the drafting officer writes."""
    part = heading = ""
    for block in report_text(report):
        if isinstance(block, Heading) and block.level == 1:
            part, heading = block.text.split(".", 1)[0], ""
        elif isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Placeholder):
            yield f"{part}.{heading.split('.', 1)[0]}".rstrip(".")


def _exceptions(report: Report) -> Iterator[str]:
    """Agencies let off with a reason, and queries that were answered instead of repaired."""
    excused = [row for row in report.submissions if row["first_accepted_on"] is None and row["explanation"]]
    for row in excused[:_MOST_REASONS]:
        yield f"{row['agency_name_vi']} không gửi báo cáo ({str(row['explanation']).rstrip('. ')})"
    if len(excused) > _MOST_REASONS:
        yield say("tt.ngoai_le.con", n=len(excused) - _MOST_REASONS)
    total = total_of(report.data_quality, "rule_group")
    if total is not None and total["explained"]:
        yield say("tt.giai_trinh", n=numbers.in_sentence(total["explained"]))
