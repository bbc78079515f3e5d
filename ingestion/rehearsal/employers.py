"""Where a talent works on a day, as far as files tell: lists of agencies first, then staff lists and decisions.

Lives here: the rule (definitions.md R3; a body cannot be carried backwards across a reorganisation).
Does not live here: where the world says the person is (``World``), counting.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from ingestion.rehearsal.facts import Facts
from ingestion.rehearsal.organisation import Organisation
from ingestion.rehearsal.papers import Register, SaysRecruitment, SaysTalent
from ingestion.rehearsal.people import Person
from ingestion.rehearsal.truth_figures import carried

Listing = tuple[int, datetime, str, SaysTalent]
"""A person's row of B03: reporting year, arrival, sender, what it says."""
Evidence = dict[Person, list[tuple[date, int, str]]]
"""By person: (day, 1 for a staff list and 0 for a decision, body), sorted."""


@dataclass
class Employers:
    """Who employs a talent: ``left`` are (year, sender, person) of the rows of B04."""

    facts: Facts
    listings: dict[Person, list[Listing]]
    left: set[tuple[int, str, Person]]
    seen: Evidence

    def on(self, person: Person, day: date) -> str | None:
        """The body on a day: sender of the newest list up to that year, else what registers say, carried forward."""
        rows = self.listings.get(person, [])
        if not rows:
            return None
        until = [row for row in rows if row[0] <= day.year]
        if until:
            return carried(self.facts, person, self._sender(person, until, until[-1][0]), day)
        known = [entry for entry in self.seen.get(person, []) if entry[0] <= day]
        if known:
            return carried(self.facts, person, known[-1][2], day)
        return self._traced_back(person, self._sender(person, rows, rows[0][0]), day)

    def _sender(self, person: Person, rows: list[Listing], year: int) -> str:
        """Of two senders in a year the one that did not report the person as gone, then the later, then by code."""
        senders = [row for row in rows if row[0] == year]
        staying = [row for row in senders if (year, row[2], person) not in self.left] or senders
        return min(staying, key=lambda row: (-row[1].timestamp(), row[2]))[2]

    def _traced_back(self, person: Person, body: str, day: date) -> str:
        """Back over the person's own assignment, else over the only predecessor, while the body does not exist."""
        organisation = self.facts.organisation
        while not organisation.bodies[body].exists_on(day):
            came = [old for _, old, new in self.facts.assignments.get(person, []) if new == body]
            before = came or organisation.before(body)
            if len(before) != 1:
                break
            body = before[0]
        return body


def evidence(organisation: Organisation, registers: list[Register], people: set[Person]) -> Evidence:
    """Where staff lists and decisions in force saw these people, day by day."""
    by_id = {person.national_id: person for person in people}
    found: Evidence = defaultdict(list)
    for register in registers:
        if register.file_name.startswith("staff_snapshot"):
            for row in register.rows:
                if (person := by_id.get(row.values["national_id"])) is not None:
                    day = date.fromisoformat(row.values["snapshot_on"])
                    found[person].append((day, 1, _body(organisation, row.values["agency_code"], day)))
        for row in register.rows:
            if isinstance(row.says, SaysRecruitment) and row.says.status == "hieu_luc" and row.says.person in people:
                found[row.says.person].append((row.says.effective_on, 0, row.says.body))
    for entries in found.values():
        entries.sort()
    return dict(found)


def _body(organisation: Organisation, official_code: str, day: date) -> str:
    """The body that a code means on a day."""
    return next(b.code for b in organisation.bodies.values() if b.official_code == official_code and b.exists_on(day))
