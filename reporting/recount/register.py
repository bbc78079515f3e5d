"""What the registers say of persons: assignment decisions, recruitment decisions, staff lists.

Lives here: rows of the registers with the body they mean. Does not live here: which of them count (`recruits.py`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from reporting.recount.evidence import Evidence, day, records, text

Assignments = Mapping[str, Sequence[tuple[str, str, date]]]
"""{person: (from body, to body, effective day), in order of the day}."""


def assignments(evidence: Evidence) -> dict[str, list[tuple[str, str, date]]]:
    """Return the assignment decisions as known."""
    held: dict[str, list[tuple[str, str, date]]] = defaultdict(list)
    rows = records(evidence.rows("person_assignments").sort_values(["received_at", "submission_id", "row"]))
    for row in sorted(rows, key=lambda row: row["effective_on"]):
        since = row["effective_on"]
        before = evidence.body(row["from_agency_code"], since - timedelta(days=1))
        after = evidence.body(row["to_agency_code"], since)
        if before and after:
            held[row["person"]].append((before, after, since))
    return held


def in_force(assigned: Assignments, person: str, on: date) -> dict[str, tuple[str, date]]:
    """Return {from body: (to body, effective day)} of a person on a day; of several from one body the latest holds."""
    return {before: (after, since) for before, after, since in assigned.get(person, ()) if since <= on}


def decisions(evidence: Evidence, assigned: Assignments) -> list[dict[str, Any]]:
    """Return the register's rows with `body` (the employer on the day of effect); a later row of one decision holds."""
    frame = evidence.rows("recruitment_register").sort_values(["received_at", "submission_id", "row"])
    held: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in records(frame):
        row["effective_on"], row["decided_on"] = day(row["effective_on"]), day(row["decided_on"])
        if row["effective_on"] is None:
            continue
        row["body"] = _employer(evidence, assigned, row)
        deciding = evidence.body(row["deciding_agency_code"], row["decided_on"]) or text(row["deciding_agency_code"])
        held[row["person"], deciding, text(row["decision_number"])] = row
    return list(held.values())


def _employer(evidence: Evidence, assigned: Assignments, row: dict[str, Any]) -> str:
    """Return the body that employs on the day of effect; decided by a body that ended meanwhile: its successor."""
    there = evidence.body(row["agency_code"], row["effective_on"])
    if there or row["decided_on"] is None or row["decided_on"] > row["effective_on"]:
        return there
    before = evidence.body(row["agency_code"], row["decided_on"])
    if not before:
        return ""
    return evidence.registry.carry_forward(
        before, row["effective_on"], in_force(assigned, row["person"], row["effective_on"])
    )


class StaffLists:
    """What the staff lists say of some persons, and which bodies they cover."""

    def __init__(self, evidence: Evidence, persons: set[str]) -> None:
        frame = evidence.rows("staff_snapshots")
        pairs = records(frame[["agency_code", "snapshot_on"]].drop_duplicates())
        self._covered = [(day(p["snapshot_on"]), evidence.body(p["agency_code"], day(p["snapshot_on"]))) for p in pairs]
        in_service = {
            row["code"]
            for row in evidence.lists["code_lists"]
            if row["list"] == "service_status" and row["attribute"] == "in_service"
        }
        self._lines: dict[str, list[tuple[date, str, str]]] = defaultdict(list)
        for row in records(frame[frame["person"].isin(persons)]):
            taken = day(row["snapshot_on"]) or date.max
            body = evidence.body(row["agency_code"], taken) if row["status"] in in_service else ""
            self._lines[row["person"]].append((taken, body, text(row["staff_kind"])))

    def bodies_listed_before(self, on: date) -> set[str]:
        """Return the bodies that some list of before the day covers."""
        return {body for taken, body in self._covered if taken is not None and taken < on}

    def served_at(self, person: str, on: date, kinds: set[str]) -> str:
        """Return the body at which the newest list of before the day has the person in service as one of `kinds`."""
        newest = max((line for line in self._lines[person] if line[0] < on), default=(date.min, "", ""))
        return newest[1] if newest[2] in kinds else ""

    def places(self, person: str) -> list[tuple[date, str]]:
        """Return (day of the list, body) of every list that has the person in service."""
        return [(taken, body) for taken, body, _ in self._lines[person] if body]
