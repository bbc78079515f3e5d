"""Files as they are sent: twice, too late, cut off, of the wrong year, under the old name, or not at all.

Lives here: faults of whole files and of the first sheet. Does not live here: what stands in the forms.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime, timedelta

from ingestion.rehearsal.faults.spoiler import Answer, Spoiler
from ingestion.rehearsal.papers import Return
from ingestion.rehearsal.schedule import ZONE
from ingestion.rehearsal.world import Sending
from ingestion.template.owed import Sender, last_on_time_day
from ingestion.template.pages import blank_book
from ingestion.template.writer import workbook_bytes

HTML = (
    "<html><head><meta charset='utf-8'></head><body><table><tr><td>Báo cáo nhân tài</td></tr></table></body></html>\n"
)


def sent_again(s: Spoiler, year: int) -> None:
    """D014: a second file, "lần 2", with a row that the first one had forgotten."""
    if one := s.file(year, "B03", lambda r: len(r.rows("B03")) >= 2):
        first = s.earlier(one, days=6)
        page = first.book.page("B03")
        page.rows.remove(first.rows("B03")[-1])
        s.deed("D014", None, one)


def sent_twice(s: Spoiler, year: int) -> None:
    """D023: the same bytes under another name, to be on the safe side."""
    if one := s.file(year):
        again = replace(one, received_at=one.received_at + timedelta(days=1, minutes=20), is_taken=False)
        s.returns.insert(s.returns.index(one) + 1, again)
        s.touched.add(id(again))
        s.sealed.add(id(again))
        s.deed("D023", "TEP-TRUNG", again)


def cut_off(s: Spoiler, year: int) -> None:
    """D019: an upload that broke off; the whole file came after the deadline."""
    last = last_on_time_day(year)
    if one := s.file(year, None, lambda r: last - timedelta(days=3) <= r.received_at.date() <= last):
        first = s.earlier(one, days=0)
        first.received_at, one.received_at = one.received_at, datetime(year, 12, 2, 10, 5, tzinfo=ZONE)
        content = workbook_bytes(first.book)
        first.content, first.is_taken = content[: len(content) * 2 // 3], False
        s.deed("D019", "TEP-HONG", first)


def page_of_a_portal(s: Spoiler, year: int) -> None:
    """D001: a web page saved as .xlsx; the right file follows in time."""
    if one := s.file(year, None, in_good_time):
        first = s.earlier(one, days=2)
        first.content, first.is_taken = HTML.encode("utf-8"), False
        s.deed("D001", "TEP-KHONG_PHAI_EXCEL", first)


def last_years_form(s: Spoiler, year: int) -> None:
    """D015: last year's file; the right one follows in time."""

    def has_before(one: Return) -> bool:
        return in_good_time(one) and any(
            r.sending.body == one.sending.body and r.sending.year == year - 1 for r in s.returns
        )

    if one := s.file(year, None, has_before):
        before = next(r for r in s.returns if r.sending.body == one.sending.body and r.sending.year == year - 1)
        first = s.earlier(one, days=3)
        first.book, first.is_taken = deepcopy(before.book), False
        s.deed("D015", "TEP-SAI_NAM", first, first.book.cover_name, lambda: first.book.cover_cell("reporting_year"))


def renamed_sheet(s: Spoiler, year: int) -> None:
    """D030: a form under another name; the right file follows in time."""
    if one := s.file(year, "B03", in_good_time):
        first = s.earlier(one, days=1)
        page = first.book.page("B03")
        page.name, first.is_taken = "Biểu 3 (2)", False
        for rule, sheet in (("TEP-THIEU_TRANG", "B03"), ("TEP-TRANG_LA", page.name), ("B03-FORM-MISSING", "B03")):
            s.deed("D030", rule, first, sheet)


def deleted_column(s: Spoiler, year: int) -> None:
    """D040: an old form without a column that is needed; the right file follows in time."""
    if one := s.file(year, "B03", in_good_time):
        first = s.earlier(one, days=2)
        page = first.book.page("B03")
        page.columns.remove(page.column("level"))
        first.is_taken = False
        s.deed("D040", "TEP-THIEU_COT", first, page.name)


def ended_district(s: Spoiler, year: int) -> None:
    """D152, D158: a district that has ended sends a report; its communes have sent theirs."""
    day = last_on_time_day(year)
    ended = [
        body for body in s.world.organisation.bodies.values()
        if body.kind == "district" and body.code in s.world.organisation.taking_part and body.valid_to.year == year
        and body.valid_to <= day
    ]  # fmt: skip
    if not ended:
        return
    body = ended[len(ended) // 2]
    before = next((r for r in s.returns if r.sending.body == body.code), None)
    if before is None:
        return
    arrives = datetime(year, 11, 12, 9, 40, tzinfo=ZONE)
    sending = Sending(year, body.code, date(year, 6, 30), "77/BC-UBND", date(year, 11, 11), arrives, "thư điện tử")
    book = blank_book(Sender(body.code, body.official_code, body.name, body.kind), before.sending.year, "")
    book.line("reporting_year").value, book.line("figures_as_of").value = year, sending.figures_as_of
    for owed in book.owed:
        owed.is_nil = True
    one = Return(sending, book, "", arrives, is_taken=False)
    s.returns.append(one)
    s.touched.add(id(one))
    s.sealed.add(id(one))
    for kind in ("D152", "D158"):
        s.deed(kind, "TEP-CO_QUAN_HET", one, book.cover_name, lambda: book.cover_cell("agency_code"))


def back_dated(s: Spoiler, year: int) -> None:
    """D261: after the deadline, with a paper dated before it and before its own figures."""
    last = last_on_time_day(year)
    if one := s.file(year, None, lambda r: r.received_at.date() > last):
        line = one.book.line("document_date")
        line.value = one.sending.figures_as_of - timedelta(days=2)
        s.deed(
            "D261",
            "COVER-DOCUMENT-BEFORE-FIGURES",
            one,
            one.book.cover_name,
            lambda: one.book.cover_cell("document_date"),
        )
        s.answer(one, "COVER-DOCUMENT-BEFORE-FIGURES", "Văn bản ký trước, số liệu được cập nhật thêm trước khi gửi.")


def old_name(s: Spoiler, year: int) -> None:
    """D151: the new code, and the name of a body that has ended."""
    organisation = s.world.organisation

    def has_other_name(one: Return) -> bool:
        return any(organisation.bodies[old].name != one.book.line("agency_name").value for old in _ended(s, one))

    if one := s.file(year, None, has_other_name):
        name = organisation.bodies[one.sending.body].name
        other = next(o for o in _ended(s, one) if organisation.bodies[o].name != name)
        one.book.line("agency_name").value = organisation.bodies[other].name
        s.deed("D151", "COVER-NAME-CODE", one, one.book.cover_name, lambda: one.book.cover_cell("agency_name"))
        s.answer(one, "COVER-NAME-CODE", "Đơn vị dùng lại mẫu cũ; tên đúng là tên sau sắp xếp từ ngày 01/3/2025.")


def short_name(s: Spoiler, year: int) -> None:
    """D150: an agency by its short name."""
    bodies = s.world.organisation.bodies
    if one := s.file(year, None, lambda r: bodies[r.sending.body].short_name != bodies[r.sending.body].name):
        one.book.line("agency_name").value = bodies[one.sending.body].short_name
        s.deed("D150", None, one, one.book.cover_name, lambda: one.book.cover_cell("agency_name"))


def code_as_number(s: Spoiler, year: int) -> None:
    """D155: a commune's code became a number and lost its zero."""
    if one := s.file(year, None, lambda r: str(r.book.line("agency_code").value).startswith("0")):
        one.book.line("agency_code").value = int(str(one.book.line("agency_code").value))
        s.deed("D155", "COVER-CODE-ZERO", one, one.book.cover_name, lambda: one.book.cover_cell("agency_code"))


def lock_file(s: Spoiler, year: int) -> None:
    """D007: Excel's lock file was copied along."""
    if one := s.file(year):
        s.planted.strays.append((year, f"~$bieu_{one.sending.body}.xlsx", b"\x07Nguoi dung" + b" " * 150))
        s.deed("D007", None, one)


def never_sent(s: Spoiler, year: int) -> None:
    """An agency that does not report, and says so: it is listed, its figures are never zero."""
    small = [one for one in s.files(year) if _is_small(s, one)]
    one = next((r for r in small if r.rows("B03")), None) or next(iter(small), None)
    if one is None:
        return
    s.returns.remove(one)
    s.touched.add(id(one))
    answered = datetime(year, 12, 4, 15, 0, tzinfo=ZONE)
    text = "Cơ quan chưa kiện toàn nhân sự tổng hợp, không gửi báo cáo trong đợt này (Công văn 215/UBND-VP)."
    s.planted.answers.append(Answer(year, one.sending.body, "YEAR-AGENCY-MISSING", text, answered))
    s.missing.append((year, one.sending.body))


def _is_small(s: Spoiler, one: Return) -> bool:
    return s.world.organisation.bodies[one.sending.body].kind in ("commune", "district")


def in_good_time(one: Return) -> bool:
    """Whether a file arrives by the last on-time day."""
    return one.received_at.date() <= last_on_time_day(one.sending.year)


def _ended(s: Spoiler, one: Return) -> list[str]:
    return [
        old for old in s.world.organisation.before(one.sending.body) if s.world.organisation.bodies[old].is_reporting
    ]
