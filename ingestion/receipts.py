"""The receipt of a landed file: one page that says what was received, what became of it and what happens next.

Lives here: the words of worked-examples.md 11.1 and the page. Does not live here: the list of findings as a workbook
(feedback.py), marks inside the sender's own file, and who is late (the warehouse).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from pathlib import Path
from string import Template

from expectations.contracts.load import load
from expectations.findings import Finding, Outcome, Severity, by_weight
from expectations.home import Home
from expectations.rules.messages import sentence
from ingestion import rivals
from ingestion.journal import ZONE
from ingestion.submissions import WORKBOOK, Submission
from ingestion.workbook.sheets import RESULT_SHEET

LINES, LINE_LENGTH = 16, 84
"""What is left on an A4 page under the facts, in the size of the list."""
MARKED = "-danh-dau.xlsx"
"""How the name of the sender's own workbook ends when it goes back with marks."""
ONLY_CORRECTIONS = "TEP-BAN_SUA_MOT_PHAN"
"""The rule that is told above the list too: of many forms that seem empty it is the one reason."""
SENDING_OFFICE = "Sở Nội vụ tỉnh Lạng Sơn"
_PAGE = Path(__file__).with_name("receipt.html")


@dataclass(frozen=True)
class Calendar:
    """The days of a reporting year that a receipt speaks of; None where the calendar has no such year."""

    last_on_time_on: date | None
    agency_deadline_on: date | None
    locks_on: date | None


def folder(home: Home, one: Submission) -> Path:
    """Where the answers to a submission lie; a sender nobody knows gets a folder of its own."""
    year = one.received.year
    if one.kind != WORKBOOK:
        return home.feedback(year, "_registers")
    return (
        home.feedback(year, one.agency_code) if one.agency_code else home.feedback(year, "_unknown") / one.received.sha8
    )


def path(home: Home, one: Submission) -> Path:
    """The receipt of a submission."""
    return folder(home, one) / f"{one.received.sha8}-bien-nhan.html"


def number(one: Submission) -> str:
    """The number of the receipt: year and the first eight digits of the hash."""
    return f"{one.received.year}-{one.received.sha8}"


def render(
    one: Submission,
    calendar: Calendar,
    rule_version: str,
    same_content: Iterable[str] = (),
    returned: Path | None = None,
) -> str:
    """The page as HTML. `same_content`: other names under which the very same bytes came in; `returned`: the workbook
    that goes back with the receipt, of two that lie beside it the one to correct and to send."""
    local = one.received.received_at.astimezone(ZONE)
    facts = {
        "ma": number(one),
        "nguoi_gui": _sender(one),
        "nam": str(one.received.year),
        "lan": str(one.version),
        "ten_tep": one.received.file_name,
        "kb": _thousands(max(1, round(one.received.size / 1024))),
        "hash": one.received.sha256,
        "gio": f"{local:%H giờ %M phút}",
        "ngay": f"{local:%d/%m/%Y}",
        "dung_han": _on_time(one, local.date(), calendar),
        "chot": _day(one.figures_as_of),
        "bm": one.template_edition or "không ghi",
        "qt": rule_version,
        "ket_qua": result(one),
        "tom_tat": _summary(one),
        "viec": next_step(one, calendar, is_marked=returned is not None and returned.name.endswith(MARKED)),
        "chan": SENDING_OFFICE + ". Biên nhận này hỗ trợ việc gửi số liệu, không thay văn bản hành chính.",
    }
    page = {name: escape(text) for name, text in facts.items()}
    page["tra_ve"] = _paragraphs(_returned(returned) if _told(one) else [])
    page["so_sanh"] = _paragraphs(_comparison(one, same_content))
    page["danh_sach"] = _findings(one)
    return Template(_PAGE.read_text(encoding="utf-8")).substitute(page)


def result(one: Submission) -> str:
    """The sentence `ket_qua` of an outcome."""
    queries = one.count(Severity.QUERY)
    asked = (
        f"Đã tiếp nhận; có {one.open_queries} nội dung đề nghị giải trình"
        if one.open_queries
        else f"Đã tiếp nhận đầy đủ; {queries} nội dung đã được giải trình"
    )
    return {
        Outcome.ACCEPTED: "Đã tiếp nhận đầy đủ",
        Outcome.ACCEPTED_WITH_QUERIES: asked,
        Outcome.PARTLY_ACCEPTED: f"Đã tiếp nhận một phần: {one.rows_accepted} dòng được nhận, {_kept_out(one)}",
        Outcome.REJECTED: "Chưa tiếp nhận được",
    }[one.outcome]


def next_step(one: Submission, calendar: Calendar, *, is_marked: bool = False) -> str:
    """The sentence `viec` of an outcome; `is_marked`: the sender's own workbook goes back with marks at its cells."""
    until = _until(one, calendar)
    if one.outcome is Outcome.ACCEPTED or (one.outcome is Outcome.ACCEPTED_WITH_QUERIES and not one.open_queries):
        return "Quý cơ quan không phải làm gì thêm. Khi có thay đổi, đề nghị gửi lại cả tệp."
    if one.outcome is Outcome.ACCEPTED_WITH_QUERIES:
        counted = " Báo cáo của quý cơ quan đã được tính là đúng hạn." if _is_on_time(one, calendar) else ""
        return (
            f'Đề nghị sửa số liệu hoặc ghi giải trình vào cột "Giải trình" của tệp trả về và gửi lại {until}.{counted}'
        )
    if one.outcome is Outcome.PARTLY_ACCEPTED:
        where = "đánh dấu" if is_marked else "ghi"
        kept_out = f"Các dòng chưa dùng được đã {where}" if one.rows_rejected else "Các nội dung phải sửa đã ghi"
        return f"{kept_out} trong tệp trả về. Đề nghị sửa và gửi lại cả tệp {until}."
    if one.before is not None:
        day = one.before.received.received_at.astimezone(ZONE)
        return f"Xem lý do dưới đây. Bản nhận ngày {day:%d/%m/%Y} của quý cơ quan vẫn có giá trị."
    if one.kind != WORKBOOK:
        return "Xem lý do dưới đây."
    return "Xem lý do dưới đây. Đến thời điểm này quý cơ quan được tính là chưa báo cáo."


def _kept_out(one: Submission) -> str:
    """The rows that wait, or, where none does, the forms of which nothing was said."""
    missing = sum(form.state == "missing" for form in one.forms)
    if one.rows_rejected or not missing:
        return f"{one.rows_rejected} dòng chưa dùng được"
    return f"{missing} biểu còn thiếu"


def _sender(one: Submission) -> str:
    if one.kind != WORKBOOK:
        return f"Sổ: {load(one.kind).title.vi}"
    if one.agency_code is None:
        return "Cơ quan gửi: chưa xác định"
    return f"Cơ quan gửi: {one.agency_name or one.agency_code} ({one.agency_code})"


def _on_time(one: Submission, day: date, calendar: Calendar) -> str:
    if one.kind != WORKBOOK or calendar.last_on_time_on is None:
        return ""
    late = (day - calendar.last_on_time_on).days
    return " · trong hạn" if late <= 0 else f" · sau hạn {late} ngày"


def _is_on_time(one: Submission, calendar: Calendar) -> bool:
    day = one.received.received_at.astimezone(ZONE).date()
    return one.kind == WORKBOOK and calendar.last_on_time_on is not None and day <= calendar.last_on_time_on


def _until(one: Submission, calendar: Calendar) -> str:
    day = calendar.agency_deadline_on if _is_on_time(one, calendar) else calendar.locks_on
    arrived = one.received.received_at.astimezone(ZONE).date()
    return f"trước ngày {day:%d/%m/%Y}" if day is not None and day > arrived else "sớm nhất có thể"


def _summary(one: Submission) -> str:
    if one.outcome is Outcome.REJECTED:
        return f"{one.count(Severity.BLOCKER)} lý do, nêu dưới đây."
    filled = sum(form.state == "filled" for form in one.forms)
    nil = [form.form for form in one.forms if form.state == "nil"]
    missing = [form.form for form in one.forms if form.state == "missing"]
    parts = [f"{filled} biểu có số liệu"] if one.kind == WORKBOOK else []
    parts += [f"{_thousands(one.rows_accepted)} dòng được nhận"]
    parts += [f"{_thousands(one.rows_rejected)} dòng cần sửa"] if one.rows_rejected else []
    explained = one.count(Severity.QUERY) - one.open_queries
    parts += [f"{one.open_queries} nội dung cần giải trình"] if one.open_queries else []
    parts += [f"{explained} nội dung đã giải trình"] if explained else []
    parts += [f"biểu không phát sinh: {', '.join(nil)}"] if nil else []
    parts += [f"biểu còn thiếu: {', '.join(missing)}"] if missing else []
    return "; ".join(parts) + "."


def _returned(path: Path | None) -> list[str]:
    if path is None:
        return []
    if path.name.endswith(MARKED):
        return [f'Tệp trả về: {path.name}, mở ra ở trang "{RESULT_SHEET}". Sửa ngay trong tệp này và gửi lại.']
    return [f"Tệp trả về: {path.name}, nêu từng nội dung. Sửa trong tệp đã gửi và gửi lại."]


def _comparison(one: Submission, same_content: Iterable[str]) -> list[str]:
    said = []
    if one.difference is not None:
        change = one.difference
        said.append(f"So với lần gửi trước: thêm {change.added}, bớt {change.removed}, sửa {change.changed} dòng")
    said += [found.message for found in one.findings if found.rule == rivals.DECIDED]
    said += [f"{found.message}. {found.fix}." for found in one.findings if found.rule == ONLY_CORRECTIONS]
    day = one.received.received_at.astimezone(ZONE)
    said += [
        f"Tệp {name} giống hệt tệp đã nhận ngày {day:%d/%m/%Y} (biên nhận {number(one)}). "
        "Quý cơ quan không phải làm gì thêm."
        for name in same_content
    ]
    return said


def _findings(one: Submission) -> str:
    told = _told(one)
    if not told:
        return ""
    shown = _on_one_page([sentence(found) for found in told])
    items = "".join(f"<li>{escape(text)}</li>" for text in shown)
    more = len(told) - len(shown)
    rest = f"<p>… và {more} nội dung khác: xem tệp trả về kèm theo.</p>" if more > 0 else ""
    return f"<ol>{items}</ol>{rest}"


def _told(one: Submission) -> list[Finding]:
    """What the sender is to do something about, the gravest first."""
    return [f for f in by_weight(one.findings) if f.severity is not Severity.NOTE and not one.answer_to(f)]


def _on_one_page(sentences: list[str]) -> list[str]:
    """As many of the sentences as the page has lines for, the gravest first; one at least."""
    shown: list[str] = []
    lines = 0
    for text in sentences:
        lines += -(-len(text) // LINE_LENGTH)
        if shown and lines > LINES:
            break
        shown.append(text)
    return shown


def _paragraphs(texts: Iterable[str]) -> str:
    return "\n".join(f"<p>{escape(text)}</p>" for text in texts)


def _day(day: date | datetime | None) -> str:
    return f"{day:%d/%m/%Y}" if day is not None else "không ghi"


def _thousands(count: int) -> str:
    return f"{count:,}".replace(",", ".")
