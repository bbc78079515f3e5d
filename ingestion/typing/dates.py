"""Days as Vietnamese officers write them: day first, four-digit year, a real day of the calendar; else a reason.

Lives here: text and date cells -> datetime.date. Does not live here: ranges and order of dates (the contract's rules).
"""

from __future__ import annotations

import datetime as dt
import re

from ingestion.typing.text import clean, fold
from ingestion.typing.typed import BLANK, Typed

_DAY_FIRST = re.compile(r"([0-9]{1,2})\s?([/.-])\s?([0-9]{1,2})\s?\2\s?([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_WORDS = re.compile(r"(?:ngày )?([0-9]{1,2}) tháng ([0-9]{1,2}) năm ([0-9]{4})")
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(:00(\.0+)?)?$")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}")
_MONTH = re.compile(r"(?:t|tháng )?\s?[0-9]{1,2}\s?[/.-]\s?[0-9]{4}|(?:quý|q)\.?\s?[ivx0-9]+.*")
_YEAR = re.compile(r"(?:năm )?[12][0-9]{3}")
_OPEN_END = {"nay", "đến nay", "hiện nay", "hiện tại"}
_YEARS_AS_SERIALS = (dt.date(1905, 3, 14), dt.date(1905, 10, 14))  # serials 1900 to 2114: a bare year in a date cell


def read_date_cell(iso: str) -> Typed:
    """A true date cell (ISO text). A time of day is dropped and said; a year formatted as a date is refused (D172)."""
    day = dt.date.fromisoformat(iso[:10])
    if _YEARS_AS_SERIALS[0] <= day <= _YEARS_AS_SERIALS[1]:
        return Typed(reason="year_only", facts={"gia_tri": str((day - dt.date(1899, 12, 30)).days)})
    has_time = len(iso) > 10 and not iso.endswith("T00:00:00")
    return Typed(day, repairs=("time_dropped",) if has_time else ())


def read_date_number(text: str) -> Typed:
    """A number without a date format is no date (C10): it is a year, or a serial that nobody sees as a day."""
    reason = "year_only" if _YEAR.fullmatch(text) else "serial_number"
    return Typed(reason=reason, facts={"gia_tri": text})


def read_date_text(text: str) -> Typed:
    """dd/mm/yyyy (also with . or -), "ngày 5 tháng 1 năm 2024" or yyyy-mm-dd; anything else gets its own reason.

    Repairs: "date_as_text"; "date_two_ways" when day and month could be swapped (both at most 12 and different).
    """
    tidy, _ = clean(text)
    if not tidy:
        return BLANK
    bare = _MIDNIGHT.sub("", tidy)
    if match := _DAY_FIRST.fullmatch(bare):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
        swappable = day <= 12 and month <= 12 and day != month
        return _day(year, month, day, tidy, ("date_two_ways",) if swappable else ("date_as_text",))
    if match := _ISO.fullmatch(bare):
        return _day(int(match[1]), int(match[2]), int(match[3]), tidy, ("date_as_text",))
    if match := _WORDS.fullmatch(fold(bare)):
        return _day(int(match[3]), int(match[2]), int(match[1]), tidy, ("date_as_text",))
    return Typed(reason=_reason(fold(bare)), facts={"gia_tri": tidy})


def _day(year: int, month: int, day: int, written: str, repairs: tuple[str, ...]) -> Typed:
    try:
        understood = f"ngày {day:02d} tháng {month} năm {year}"
        return Typed(dt.date(year, month, day), facts={"hieu": understood}, repairs=repairs)
    except ValueError:
        return Typed(reason="impossible_date", facts={"gia_tri": written})


def _reason(folded: str) -> str:
    if _SHORT_YEAR.fullmatch(folded):
        return "short_year"
    if _YEAR.fullmatch(folded):
        return "year_only"
    if folded.isascii() and folded.isdigit():
        return "serial_number"
    if _MONTH.fullmatch(folded):
        return "month_only"
    return "open_end" if folded in _OPEN_END else "not_a_date"
