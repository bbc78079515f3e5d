"""CT02 and CT03: new recruits of a year and the talents among them (headline: persons, calendar year).

Lives here: which register rows are new recruits, the detector of reorganisation starts, one person once.
Does not live here: who is a talent (`people.py`), other readings.
"""

from datetime import date
from typing import Any

from reporting.recount.evidence import PERIOD, Evidence, day, records, text
from reporting.recount.figures import AS_REPORTED, Counted, Figure, figures_of
from reporting.recount.people import People

IN_SERVICE_KINDS = {"cong_chuc", "vien_chuc", "can_bo_xa", "cong_chuc_xa"}


def shares_of_talents(evidence: Evidence, people: People, year: int) -> list[Figure]:
    """Return the figures of CT02 `annual_persons` and CT03 `tu_2030` of a year."""
    first, last = evidence.period(year)
    end = date(year, 12, 31)
    members = []
    for person, start in _latest_starts(evidence, people, year, first, last).items():
        carried = evidence.registry.carry_forward(start["body"], end, people.assignments.get(person))
        members.append(
            Counted(
                as_reported=people.figure_agency(start["body"], start["effective_on"]),
                at_year_end=people.figure_agency(carried, end),
                hit=people.is_talent(person, last),
            )
        )
    rosters = {AS_REPORTED: _reporting_within(evidence, year), end.isoformat(): evidence.registry.reporting_on(end)}
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
        for row in decisions(evidence, people)
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


def decisions(evidence: Evidence, people: People) -> list[dict[str, Any]]:
    """Return the register's rows with `body` (the employer on the day of effect); a later row of one decision holds."""
    frame = evidence.rows("recruitment_register").sort_values(["received_at", "submission_id", "row"])
    held: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in records(frame):
        row["effective_on"], row["decided_on"] = day(row["effective_on"]), day(row["decided_on"])
        if row["effective_on"] is None:
            continue
        row["body"] = _employer(evidence, people, row)
        deciding = evidence.body(row["deciding_agency_code"], row["decided_on"]) or text(row["deciding_agency_code"])
        held[row["person"], deciding, text(row["decision_number"])] = row
    return list(held.values())


def _employer(evidence: Evidence, people: People, row: dict[str, Any]) -> str:
    """Return the body that employs on the day of effect; decided by a body that ended meanwhile: its successor."""
    there = evidence.body(row["agency_code"], row["effective_on"])
    if there or row["decided_on"] is None or row["decided_on"] > row["effective_on"]:
        return there
    before = evidence.body(row["agency_code"], row["decided_on"])
    if not before:
        return ""
    return evidence.registry.carry_forward(before, row["effective_on"], people.assignments.get(row["person"]))


def _reorganisation_starts(evidence: Evidence, people: People, rows: list[dict[str, Any]], year: int) -> set[int]:
    """Return the ids of rows that are assignments by reorganisation, not recruitment (R2)."""
    fewest = int(evidence.parameter("false_recruit_min_starts", year) or 3)
    suspects: dict[tuple[str, date], list[dict[str, Any]]] = {}
    for row in rows:
        if evidence.registry.before(row["body"], row["effective_on"]):
            suspects.setdefault((row["body"], row["effective_on"]), []).append(row)
    if not suspects:
        return set()
    staff = _StaffLists(evidence, {row["person"] for starts in suspects.values() for row in starts})
    excluded = set()
    for (body, on), starts in suspects.items():
        before = set(evidence.registry.before(body, on))
        nothing_to_check = not staff.bodies_listed_before(on) & before
        for row in starts:
            stood_there = staff.served_at(row["person"], on) in before
            if stood_there or (len(starts) >= fewest and nothing_to_check):
                excluded.add(id(row))
    return excluded


class _StaffLists:
    """What the staff lists say of some persons, and which bodies they cover."""

    def __init__(self, evidence: Evidence, persons: set[str]) -> None:
        frame = evidence.rows("staff_snapshots")
        pairs = records(frame[["agency_code", "snapshot_on"]].drop_duplicates())
        self._covered = [(day(p["snapshot_on"]), evidence.body(p["agency_code"], day(p["snapshot_on"]))) for p in pairs]
        self._in_service = {
            row["code"]
            for row in evidence.lists["code_lists"]
            if row["list"] == "service_status" and row["attribute"] == "in_service"
        }
        self._lines: dict[str, list[tuple[date, str]]] = {}
        for row in records(frame[frame["person"].isin(persons)]):
            serves = row["staff_kind"] in IN_SERVICE_KINDS and row["status"] in self._in_service
            taken = day(row["snapshot_on"]) or date.max
            body = evidence.body(row["agency_code"], taken) if serves else ""
            self._lines.setdefault(row["person"], []).append((taken, body))

    def bodies_listed_before(self, on: date) -> set[str]:
        """Return the bodies that some list of before the day covers."""
        return {body for taken, body in self._covered if taken is not None and taken < on}

    def served_at(self, person: str, on: date) -> str:
        """Return the body at which the newest list of before the day has the person in service, "" if none."""
        return max((line for line in self._lines.get(person, []) if line[0] < on), default=(date.min, ""))[1]
