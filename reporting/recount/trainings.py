"""CT05: talents in service who were trained in science and technology (headline: reading A, a stock).

Lives here: the stock on the cut-off day and completed trainings by field list. Does not live here: other readings.
"""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from expectations.reference.load import valid_on
from reporting.recount.evidence import PERIOD, Evidence, day, records, text
from reporting.recount.figures import AS_REPORTED, Counted, Figure, figures_of
from reporting.recount.people import Listing, People, Person


def trained_in_science(evidence: Evidence, people: People, year: int) -> list[Figure]:
    """Return the figures of CT05 `reading_a` of a year: n and N are persons."""
    cut_off = evidence.period(year)[1]
    courses = _completed(evidence, year)
    members = []
    for key, person in people.talents():
        listing = _spell_on(person, cut_off)
        clock = listing.clock if listing else None
        if listing is None or clock is None or not person.in_service(clock, cut_off):
            continue
        if listing.decided_on(evidence, cut_off) is None:
            continue
        body = people.employer(key, cut_off)
        if not people.in_scope(body, cut_off, year):
            continue
        members.append(
            Counted(
                people.structures.places(year, key, people.told_by(key, cut_off), cut_off),
                hit=any(clock <= finished <= cut_off for finished in courses.get(key, [])),
            )
        )
    rosters = {AS_REPORTED: evidence.registry.reporting_on(date(year, 12, 31)), **people.structures.rosters(year)}
    return figures_of("CT05", "reading_a", year, PERIOD, members, rosters)


def _spell_on(person: Person, on: date) -> Listing | None:
    """Return the listing of the latest spell whose clock had started by the day."""
    started = [one for one in person.listings.values() if one.clock and one.clock <= on]
    return max(started, key=lambda one: one.clock or date.min, default=None)


def _completed(evidence: Evidence, year: int) -> dict[str, list[date]]:
    """Return {person: days on which courses in science and technology were completed}, from B05 and the records."""
    fields: dict[str, list[dict[str, str]]] = defaultdict(list)
    for entry in evidence.lists["training_fields"]:
        if entry["is_science_technology"] == "yes":
            fields[entry["code"]].append(entry)
    fewest = Decimal(evidence.parameter("min_training_hours", year) or 0)
    finished: dict[str, list[date]] = defaultdict(list)
    for dataset in ("trainings", "training_records"):
        for row in records(evidence.rows(dataset)):
            on = day(row["completed_on"]) or day(row["certified_on"])
            if on is None or not _is_completed(row) or (fewest and not _hours(row) >= fewest):
                continue
            if any(valid_on(listed, on) for listed in fields.get(text(row["training_field"]), [])):
                finished[row["person"]].append(on)
    return finished


def _is_completed(row: dict[str, Any]) -> bool:
    result = text(row["result"])
    return result == "hoan_thanh" or (not result and bool(text(row["certificate_number"]) or day(row["certified_on"])))


def _hours(row: dict[str, Any]) -> Decimal:
    value = row["hours"]
    return Decimal(0) if value is None or value != value else Decimal(str(value))
