"""CT02 and CT03: new recruits of a year and the talents among them (headline: persons, calendar year).

Lives here: which register rows are new recruits, the detector of reorganisation starts, one person once.
Does not live here: who is a talent (`people.py`), other readings.
"""

from datetime import date
from typing import Any

from reporting.recount.evidence import PERIOD, Evidence, text
from reporting.recount.figures import AS_REPORTED, Counted, Figure, figures_of
from reporting.recount.people import People
from reporting.recount.register import StaffLists, decisions

IN_SERVICE_KINDS = {"cong_chuc", "vien_chuc", "can_bo_xa", "cong_chuc_xa"}


def shares_of_talents(evidence: Evidence, people: People, year: int) -> list[Figure]:
    """Return the figures of CT02 `annual_persons` and CT03 `tu_2030` of a year."""
    first, last = evidence.period(year)
    members = [
        Counted(
            people.structures.places(year, person, start["body"], start["effective_on"]),
            hit=people.is_talent(person, last),
        )
        for person, start in _latest_starts(evidence, people, year, first, last).items()
    ]
    rosters = {AS_REPORTED: _reporting_within(evidence, year), **people.structures.rosters(year)}
    return [
        figure
        for indicator, reading in (("CT02", "annual_persons"), ("CT03", "tu_2030"))
        for figure in figures_of(indicator, reading, year, PERIOD, members, rosters)
    ]


def _reporting_within(evidence: Evidence, year: int) -> list[str]:
    """Return the reporting bodies that existed on some day of the year's period."""
    first, last = f"{year}-01-01", f"{year}-12-31"
    return [
        code
        for code, body in evidence.registry.bodies.items()
        if body["is_reporting"] == "yes" and body["valid_from"] <= last and (body["valid_to"] or "9999") > first
    ]


def _latest_starts(evidence: Evidence, people: People, year: int, first: date, last: date) -> dict[str, dict[str, Any]]:
    """Return {person: the row of the latest valid decision of the period}."""
    rows = [
        row
        for row in decisions(evidence, people.assignments)
        if row["status"] == "hieu_luc"
        and row["recruitment_form"] in evidence.parameter_set("recruitment_forms", year)
        and row["staff_kind"] in evidence.parameter_set("staff_kinds", year)
        and first <= row["effective_on"] <= last
        and evidence.in_scope(row["body"], row["effective_on"], year)
    ]
    excluded = _reorganisation_starts(evidence, people, rows, year)
    latest: dict[str, dict[str, Any]] = {}
    for row in sorted(rows, key=_recency):
        if id(row) not in excluded:
            latest[row["person"]] = row
    return latest


def _recency(row: dict[str, Any]) -> tuple[Any, ...]:
    return (
        row["effective_on"],
        row["decided_on"] or date.min,
        row["received_at"],
        text(row["decision_number"]),
        row["row"],
    )


def _reorganisation_starts(evidence: Evidence, people: People, rows: list[dict[str, Any]], year: int) -> set[int]:
    """Return the ids of rows that are assignments by reorganisation, not recruitment (R2)."""
    fewest = int(evidence.parameter("false_recruit_min_starts", year) or 3)
    suspects: dict[tuple[str, date], list[dict[str, Any]]] = {}
    for row in rows:
        if evidence.registry.before(row["body"], row["effective_on"]):
            suspects.setdefault((row["body"], row["effective_on"]), []).append(row)
    if not suspects:
        return set()
    staff = StaffLists(evidence, {row["person"] for starts in suspects.values() for row in starts})
    excluded = set()
    for (body, on), starts in suspects.items():
        before = set(evidence.registry.before(body, on))
        people_starting = len({row["person"] for row in starts})
        nothing_to_check = not staff.bodies_listed_before(on) & before
        for row in starts:
            stood_there = staff.served_at(row["person"], on, IN_SERVICE_KINDS) in before
            if stood_there or (people_starting >= fewest and nothing_to_check):
                excluded.add(id(row))
    return excluded
