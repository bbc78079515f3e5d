"""Tables as officers keep them: totals, signatures, group titles, renamed and added columns, hidden and blank rows.

Lives here: faults of rows, headers and sheets.
Does not live here: single cells (``identities.py``, ``days.py`` …), whole files (``sending.py``).
"""

from __future__ import annotations

from copy import deepcopy
from functools import partial

from ingestion.rehearsal.faults.spoiler import Spoiler
from ingestion.rehearsal.papers import FactRow, Return, person_of
from ingestion.template.book import Column, Extra, Owed, Page, Row, Value


def title_block(s: Spoiler, year: int) -> None:
    """D050: lines above the title, as on paper."""
    if one := s.file(year, "B03"):
        page = one.book.page("B03")
        page.above = [
            "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
        ]
        s.deed("D050", None, one, page.name)


def other_numbering(s: Spoiler, year: int) -> None:
    """D053: the numbering row is typed by hand: A, B, 1, 2 …"""
    if one := s.file(year, "B03"):
        page = one.book.page("B03")
        page.has_number_row = False
        marks: dict[int, Value] = {i: i + 1 for i in range(len(page.columns))}
        page.rows.insert(0, Row(loose=marks))
        s.deed("D053", None, one, page.name)


def broken_header(s: Spoiler, year: int) -> None:
    """D054: headers with line breaks, double and no-break spaces."""
    if one := s.file(year, "B03"):
        page = one.book.page("B03")
        page.column("national_id").header = "Số định danh\ncá  nhân\u00a0(CCCD)"
        page.column("started_on").header = "Ngày bắt đầu\nlàm việc"
        s.deed("D054", None, one, page.name)


def synonyms(s: Spoiler, year: int) -> None:
    """D055: headers of last year's own table."""
    if one := s.file(year, "B03"):
        page = one.book.page("B03")
        for name, header in (("full_name", "Họ tên"), ("national_id", "Số CCCD")):
            page.column(name).header = header
            s.deed("D055", "B03-SYNONYM", one, page.name, partial(page.header_cell, name))


def phone_column(s: Spoiler, year: int) -> None:
    """D057: a column nobody asked for, in the middle."""
    if one := s.file(year, "B03"):
        page = one.book.page("B03")
        page.columns.insert(4, Column("phone", "Số điện thoại", "id", 13))
        for row in one.rows("B03"):
            row.values["phone"] = "0000000000"
        s.deed("D057", "TEP-COT_LA", one, page.name, lambda: page.header_cell("phone"))


def total_row(s: Spoiler, year: int) -> None:
    """D070: a total row at the bottom of B02; it is right."""
    if one := s.file(year, "B02"):
        page = one.book.page("B02")
        page.rows.append(_total(one, page, ("recruits_count", "first_time_count", "talents_count", "cancelled_count")))
        s.deed("D070", "B02-ROWS-SKIPPED", one, page.name)


def wrong_total(s: Spoiler, year: int) -> None:
    """D080: a total that was typed before the last row was added."""
    if one := s.file(year, "B06", lambda r: any(row.values.get("spent_amount") for row in r.rows("B06"))):
        page = one.book.page("B06")
        total = _total(one, page, ("spent_amount",), add=25)
        page.rows.append(total)
        s.deed(
            "D080",
            "B06-TOTAL-MISMATCH",
            one,
            page.name,
            lambda: f"{page.letter('spent_amount')}{page.row_number(total)}",
        )
        s.answer(one, "B06-TOTAL-MISMATCH", "Dòng cộng chưa cập nhật sau khi bớt một khoản; số từng dòng là đúng.")


def group_titles(s: Spoiler, year: int) -> None:
    """D071: lines that head a group, numbered I, II."""
    if one := s.file(year, "B03", lambda r: len(r.rows("B03")) >= 2):
        page = one.book.page("B03")
        page.rows.insert(0, Row(loose={0: "I", 1: "Khối cơ quan"}))
        page.rows.insert(2, Row(loose={0: "II", 1: "Khối đơn vị sự nghiệp"}))
        s.deed("D071", "B03-ROWS-SKIPPED", one, page.name)


def signatures(s: Spoiler, year: int) -> None:
    """D074, D075, D076: blank rows, a footnote and the signature block under the table."""
    if one := s.file(year, "B03"):
        page = one.book.page("B03")
        page.rows += [
            Row(loose={}),
            Row(loose={1: "Ghi chú: số liệu đến ngày chốt"}),
            Row(loose={1: "NGƯỜI LẬP BIỂU", 7: "THỦ TRƯỞNG ĐƠN VỊ"}),
            Row(loose={1: "(Ký, ghi rõ họ tên)"}),
        ]
        for kind in ("D074", "D075", "D076"):
            s.deed(kind, None, one, page.name)


def sample_row(s: Spoiler, year: int) -> None:
    """D083: the sample row of an old form was left in."""
    if one := s.file(year, "B03"):
        page = one.book.page("B03")
        sample = Row({"STT": "VD", "full_name": "Nguyễn Văn A", "national_id": "000085000000"})
        page.rows.insert(0, sample)
        s.deed("D083", "B03-ROWS-SKIPPED", one, page.name)


def header_again(s: Spoiler, year: int) -> None:
    """D039: the headers stand again in the middle, where the printed page broke."""
    if one := s.file(year, "B07b"):
        page = one.book.page("B07b")
        page.rows.insert(3, Row(loose={i: column.header for i, column in enumerate(page.columns)}))
        s.deed("D039", "B07b-ROWS-SKIPPED", one, page.name)


def hidden_rows(s: Spoiler, year: int) -> None:
    """D034: a filter hides rows; they are still data."""
    if one := s.file(year, "B03"):
        page = one.book.page("B03")
        one.rows("B03")[-1].hidden = True
        s.deed("D034", "B03-HIDDEN-ROWS", one, page.name)


def same_person_twice(s: Spoiler, year: int) -> None:
    """D079: one person in two rows, for two degrees; the first counts."""
    if found := s.row(year, "B03"):
        one, page, row = found
        again = FactRow(dict(row.values) | {"degree": "Thạc sĩ"})
        page.rows.append(again)
        s.at("D079", "B03-KEY-UNIQUE", one, page, again, "national_id")


def extra_sheet(s: Spoiler, year: int) -> None:
    """D035: a sheet of notes beside the forms."""
    if one := s.file(year):
        one.book.extras.append(Extra("Theo dõi nội bộ", ["Các việc cần hỏi lại phòng tổ chức", "1. Số liệu quý IV"]))
        s.deed("D035", "TEP-TRANG_LA", one, "Theo dõi nội bộ")


def nil_said_in_sheet(s: Spoiler, year: int) -> None:
    """D077: "Không phát sinh" stands in the table, and not where it is asked."""
    if one := s.file(year, None, lambda r: _is_nil(r, "B04")):
        page = one.book.page("B04")
        _owed(one, "B04").is_nil = False
        page.rows.append(Row(loose={1: "Không phát sinh"}))
        s.deed("D077", "B04-NIL-IN-SHEET", one, page.name)


def nil_not_said(s: Spoiler, year: int) -> None:
    """D267: an empty sheet and no mark: silence is not zero."""
    if one := s.file(year, None, lambda r: _is_nil(r, "B04")):
        _owed(one, "B04").is_nil = False
        s.deed("D267", "B04-FORM-MISSING", one, "B04")


def nil_with_rows(s: Spoiler, year: int) -> None:
    """D077: marked nil, but there are rows: neither can be taken."""
    if one := s.file(year, "B05"):
        s.sealed.add(id(one))
        _owed(one, "B05").is_nil = True
        for row in one.rows("B05"):
            row.says = None
        s.deed("D077", "B05-NIL-ROWS", one, one.book.cover_name, lambda: one.book.nil_cell("B05"))


def talents_above_recruits(s: Spoiler, year: int) -> None:
    """D250: more talents than recruits of the same line."""
    if one := s.file(year, "B02"):
        page, row = one.book.page("B02"), one.rows("B02")[0]
        row.values["talents_count"] = int(str(row.values["recruits_count"])) + 2
        s.at("D250", "B02-TALENTS-EXCEED", one, page, row, "talents_count")


def summary_off_by_one(s: Spoiler, year: int) -> None:
    """D251: B02 says one recruit more than the register."""
    if one := s.file(year, "B02"):
        page, row = one.book.page("B02"), one.rows("B02")[0]
        row.values["recruits_count"] = int(str(row.values["recruits_count"])) + 1
        s.at("D251", None, one, page, row, "recruits_count")
        s.answer(one, "YEAR-B02-REGISTER", "Đơn vị tính cả một người ký hợp đồng lao động; số của sổ là đúng.")


def still_listed(s: Spoiler, year: int) -> None:
    """D252: reported as having left, and still on the list."""
    gone = s.row(year, "B04", lambda row: getattr(row.says, "reason", "") != "chuyen_trong_pham_vi")
    if gone is None:
        return
    one, _, leaving = gone
    person = person_of(leaving)
    if any(person_of(row) == person for row in one.rows("B03")):
        return
    before = [r for r in s.returns if r.sending.year == year - 1 and r.is_taken]
    if row := next((row for r in before for row in r.rows("B03") if person_of(row) == person), None):
        page, copied = one.book.page("B03"), deepcopy(row)
        page.rows.append(copied)
        s.touched.add(id(copied))
        _owed(one, "B03").is_nil = False
        s.at("D252", None, one, page, copied, "full_name")


def no_longer_listed(s: Spoiler, year: int) -> None:
    """D085: listed last year, gone this year, no word about it."""
    moved = {departure.person for departure in s.world.departures}
    before = [r for r in s.returns if r.sending.year == year - 1 and r.is_taken]
    listed = {(r.sending.body, person_of(row)) for r in before for row in r.rows("B03")}
    for one in s.files(year, "B03"):
        rows = one.rows("B03")
        known = [row for row in rows if (one.sending.body, person_of(row)) in listed and person_of(row) not in moved]
        if known and len(rows) > 1:
            s.touched.add(id(one))
            s.sealed.add(id(one))
            one.book.page("B03").rows.remove(known[0])
            s.deed("D085", "B03-DISAPPEARED", one, "B03")
            s.answer(one, "B03-DISAPPEARED", "Sót một người khi lập danh sách; người đó vẫn đang làm việc tại cơ quan.")
            return


def _total(one: Return, page: Page, fields: tuple[str, ...], add: int = 0) -> Row:
    numbers = {name: [row.values.get(name) for row in one.rows(page.code)] for name in fields}
    loose: dict[int, Value] = {1: "Tổng cộng"}
    for name, values in numbers.items():
        index = page.columns.index(page.column(name))
        loose[index] = sum(value for value in values if isinstance(value, int)) + add
    return Row(loose=loose)


def _is_nil(one: Return, form: str) -> bool:
    return any(owed.code == form and owed.is_nil for owed in one.book.owed)


def _owed(one: Return, form: str) -> Owed:
    return next(owed for owed in one.book.owed if owed.code == form)
