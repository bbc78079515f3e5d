"""Counts and amounts as officers write them: about ten, đồng for million đồng, formulas that broke.

Lives here: faults of numbers in B02 and B06. Does not live here: totals (``tables.py``).
"""

from __future__ import annotations

from collections.abc import Callable

from ingestion.rehearsal.faults.spoiler import Spoiler
from ingestion.rehearsal.papers import FactRow, Return
from ingestion.template.book import Formula, Page


def about_ten(s: Spoiler, year: int) -> None:
    """D211: a count that is no number."""
    if found := _any_row(s, year, "B02"):
        one, page, row = found
        row.values["recruits_count"] = f"khoảng {row.values['recruits_count']}"
        s.at("D211", "B02-RECRUITS_COUNT-TYPE", one, page, row, "recruits_count")


def broken_formula(s: Spoiler, year: int) -> None:
    """D206: a formula that lost what it pointed to."""
    if found := _any_row(s, year, "B02"):
        one, page, row = found
        row.values["talents_count"] = Formula("=#REF!", "#REF!")
        s.at("D206", "B02-TALENTS_COUNT-TYPE", one, page, row, "talents_count")
        s.answer(one, "B02-TALENTS_COUNT-TYPE", "Công thức bị hỏng khi chép; không có nhân tài trong số này.")


def formula_without_result(s: Spoiler, year: int) -> None:
    """D205: a formula that no program has ever calculated."""
    if found := _any_row(s, year, "B02"):
        one, page, row = found
        row.values["first_time_count"] = Formula("=1+1")
        s.at("D205", "B02-FIRST_TIME_COUNT-TYPE", one, page, row, "first_time_count")
        s.answer(one, "B02-FIRST_TIME_COUNT-TYPE", "Tệp xuất từ phần mềm; đơn vị sẽ ghi số ở lần gửi sau.")


def number_as_text(s: Spoiler, year: int) -> None:
    """D204: a number with a green triangle."""
    if found := _any_row(s, year, "B02"):
        one, page, row = found
        row.values["recruits_count"] = str(row.values["recruits_count"])
        s.at("D204", None, one, page, row, "recruits_count")


def dong_for_million(s: Spoiler, year: int) -> None:
    """D203: amounts in đồng where million đồng are asked; told of it, the officer sends the file again, corrected."""
    if found := _any_row(s, year, "B06", lambda row: bool(row.values.get("spent_amount"))):
        one, _, right = found
        place = one.rows("B06").index(right)
        first = s.earlier(one, days=4)
        row = first.rows("B06")[place]
        for name in ("spent_amount", "estimated_year_amount"):
            row.values[name] = int(str(row.values[name])) * 1_000_000
        s.at("D203", "B06-UNIT-SUSPECT", first, first.book.page("B06"), row, "spent_amount")


def amount_with_marks(s: Spoiler, year: int) -> None:
    """D200: an amount as text, with the Vietnamese marks of thousands and decimals."""
    if found := _any_row(s, year, "B06", lambda row: bool(row.values.get("spent_amount"))):
        one, page, row = found
        row.values["spent_amount"] = f"{row.values['spent_amount']},50"
        s.at("D200", None, one, page, row, "spent_amount")


def _any_row(
    s: Spoiler, year: int, form: str, test: Callable[[FactRow], bool] | None = None
) -> tuple[Return, Page, FactRow] | None:
    """A line that states nothing for a person, in an untouched return; from now on it is touched."""
    for one in s.files(year, form):
        for row in one.rows(form):
            if test is None or test(row):
                s.touched.add(id(one))
                return one, one.book.page(form), row
    return None
