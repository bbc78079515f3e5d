"""Who owes which form in a reporting year: obligations.csv read for one body on the last on-time day.

Lives here: the forms a body owes, in the order of the list. Does not live here: whether they came (marts), deadlines
as instants (orchestration).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from expectations.reference.load import Row, UnusableList, read, valid_on


def last_on_time_day(year: int, overlay: Path | None = None) -> date:
    """The day on which it is decided who owes: the last on-time day of the year's calendar.

    Raises:
        UnusableList: the calendar does not know the year.
    """
    for row in read("reporting_calendar", overlay):
        if row["reporting_year"] == str(year):
            return date.fromisoformat(row["last_on_time_on"])
    raise UnusableList(f"reporting_calendar has no year {year}")


def owed_forms(agency: Row, on: date, obligations: Iterable[Row]) -> list[str]:
    """The forms (cover, B01, B02, …) that the body of row `agency` owes on `on`, in the order of the list."""
    found = [
        row["form"]
        for row in obligations
        if valid_on(row, on) and agency["agency_code"] in (row["agency_code"], *_any_of_kind(row, agency))
    ]
    return list(dict.fromkeys(found))


def _any_of_kind(row: Row, agency: Row) -> tuple[str, ...]:
    return (agency["agency_code"],) if not row["agency_code"] and row["applies_to_kind"] == agency["kind"] else ()
