"""The yearly cycle as orchestration needs it, read from ``reporting_calendar.csv``.

Lives here: the reporting years there are, and which of them are in season on a day.
Does not live here: any date. A new year is a new row of the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from expectations.errors import UsageError

ZONE = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True)
class Season:
    """One row of the calendar; all days are of the calendar of Asia/Ho_Chi_Minh."""

    year: int
    opens_on: date
    agency_deadline_on: date
    locks_on: date
    province_deadline_on: date

    def is_open(self, day: date) -> bool:
        """Whether work on the year is expected on ``day``: from the opening to the province's deadline."""
        return self.opens_on <= day <= self.province_deadline_on

    def passed(self, day: date) -> list[str]:
        """The days of the cycle that lie before ``day``: what a verdict of "not due" may depend on."""
        days = (self.opens_on, self.agency_deadline_on, self.locks_on, self.province_deadline_on)
        return [each.isoformat() for each in days if each < day]


def seasons(overlay: Path | None = None) -> list[Season]:
    """All seasons, oldest first; ``overlay`` is the home's reference folder."""
    from expectations.reference import load

    rows = load.read("reporting_calendar", overlay)
    return sorted((_season(row) for row in rows), key=lambda season: season.year)


def season(year: int, overlay: Path | None = None) -> Season:
    """The season of a reporting year; UsageError when the calendar has none."""
    for each in seasons(overlay):
        if each.year == year:
            return each
    raise UsageError(f"the reporting calendar has no year {year}: it is a row of reference/reporting_calendar.csv")


def _season(row: dict[str, str]) -> Season:
    return Season(
        year=int(row["reporting_year"]),
        opens_on=date.fromisoformat(row["opens_on"]),
        agency_deadline_on=date.fromisoformat(row["agency_deadline_on"]),
        locks_on=date.fromisoformat(row["locks_on"]),
        province_deadline_on=date.fromisoformat(row["province_deadline_on"]),
    )
