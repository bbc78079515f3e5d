"""Days as officers write them: as text, in words, in part, or days that no calendar has.

Lives here: faults of date cells. Does not live here: dates of birth (``identities.py``).
"""

from __future__ import annotations

from datetime import date

from ingestion.rehearsal.faults.spoiler import Spoiler
from ingestion.rehearsal.papers import FactRow, is_done, talent_said


def date_as_text(s: Spoiler, year: int) -> None:
    """D170: a day as text among true dates; day and month could be swapped, the day comes first here."""

    def swappable(row: FactRow) -> bool:
        day = row.values.get("started_on")
        return isinstance(day, date) and day.day <= 12 and day.day != day.month

    if found := s.row(year, "B03", swappable):
        one, page, row = found
        row.values["started_on"] = f"{row.values['started_on']:%d/%m/%Y}"
        s.at("D170", "B03-STARTED_ON-DATE_TWO_WAYS", one, page, row, "started_on")


def date_in_words(s: Spoiler, year: int) -> None:
    """D178: a day as it stands in a decision."""
    if found := s.row(year, "B03", lambda row: isinstance(row.values.get("attraction_decided_on"), date)):
        one, page, row = found
        day = row.values["attraction_decided_on"]
        assert isinstance(day, date)
        row.values["attraction_decided_on"] = f"ngày {day.day:02d} tháng {day.month} năm {day.year}"
        s.at("D178", None, one, page, row, "attraction_decided_on")


def unclear_start(s: Spoiler, year: int) -> None:
    """D180: nobody remembers the day."""
    if found := s.row(year, "B03", lambda row: talent_said(row).started_on.year < year):
        one, page, row = found
        row.values["started_on"], row.says = f"cuối năm {talent_said(row).started_on.year}", None
        s.at("D180", "B03-STARTED_ON-TYPE", one, page, row, "started_on")


def impossible_day(s: Spoiler, year: int) -> None:
    """D177: the 31st of a month that has thirty days."""
    if found := s.row(year, "B05", is_done):
        one, page, row = found
        row.values["completed_on"], row.says = f"31/04/{year}", None
        s.at("D177", "B05-COMPLETED_ON-TYPE", one, page, row, "completed_on")


def plan_without_day(s: Spoiler, year: int) -> None:
    """D260: a plan that has a number but no day; the agency ended, nobody sends the day any more."""
    for one in s.files(year, "B01"):
        body = s.world.organisation.bodies[one.sending.body]
        if body.exists_on(s.world.today):
            continue
        s.touched.add(id(one))
        page = one.book.page("B01")
        row = one.rows("B01")[0]
        row.values["issued_on"], row.says = None, None
        s.at("D260", "B01-NUMBER-WITHOUT-DATE", one, page, row, "issued_on")
        s.answer(one, "B01-NUMBER-WITHOUT-DATE", "Chưa tìm thấy bản gốc; không xác định được ngày ban hành.")
        return
