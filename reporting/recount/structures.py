"""The organisations in which a year can be read, and in which row of each of them a counted person stands.

Lives here: the days that are offered, groups of bodies that a later reorganisation binds together, rows and rosters.
Does not live here: what a code means on a day and what followed a body (`expectations.reference.agencies`), any count.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from expectations.reference.agencies import MAPPING_KINDS, UNASSIGNED
from expectations.reference.load import Row
from reporting.recount.evidence import Evidence
from reporting.recount.figures import AS_REPORTED
from reporting.recount.register import Assignments, in_force

Groups = dict[str, str]
"""{body: its group's code, the codes of its reporting members joined by +}."""


@dataclass
class Structures:
    """Every structure of a build: first and last day of each year, day before and day of each reorganisation."""

    evidence: Evidence
    assignments: Assignments
    _groups: dict[tuple[date, date], Groups] = field(default_factory=dict)
    _rows: dict[tuple[int, date, str], str] = field(default_factory=dict)

    @cached_property
    def days(self) -> list[date]:
        """The days, in order."""
        first, last = date(self.evidence.years[0], 1, 1), self._last_end
        found = {date(year, month, day) for year in self.evidence.years for month, day in ((1, 1), (12, 31))}
        for row in self._successions():
            on = date.fromisoformat(row["effective_on"])
            if first <= on <= last:
                found |= {max(on - timedelta(days=1), first), on}
        return sorted(found)

    @property
    def _last_end(self) -> date:
        return date(self.evidence.years[-1], 12, 31)

    def _successions(self) -> Iterable[Row]:
        return (row for rows in self.evidence.registry.successions.values() for row in rows)

    def places(self, year: int, person: str, body: str, on: date) -> dict[str, str]:
        """Return {structure: row} of a person counted in `year` at `body` as it was written or listed, on a day.

        As reported: the body of that day. Later: where the person was carried to by then. Earlier: where the body of
        the day belongs in the organisation of that time.
        """
        start = body.removesuffix(UNASSIGNED)
        then = self._carried(start, on, person)
        rows = {AS_REPORTED: self._row_then(then if start == body else body, on)}
        for day in self.days:
            here = self._carried(start, day, person) if day > on else then.removesuffix(UNASSIGNED)
            rows[day.isoformat()] = self._row(year, day, here)
        return rows

    def _carried(self, body: str, on: date, person: str) -> str:
        return self.evidence.registry.carry_forward(body, on, in_force(self.assignments, person, on))

    def rosters(self, year: int) -> dict[str, list[str]]:
        """Return {day of a structure: the rows of the bodies that report on it}, where a row exists even when empty."""
        registry = self.evidence.registry
        return {
            day.isoformat(): sorted({self._row(year, day, body) for body in registry.reporting_on(day)})
            for day in self.days
        }

    def _row_then(self, body: str, on: date) -> str:
        if self._begins_after(body, on) and on < self._last_end:
            return self._bound(on, self._last_end).get(body, body)
        return self._reporting(body, on)

    def _row(self, year: int, on: date, body: str) -> str:
        """Return the row of a body in the structure of `on`; a year that had not ended then is shown in groups."""
        key = (year, on, body)
        if key not in self._rows:
            here, end = self.evidence.registry.carry_forward(body, on), date(year, 12, 31)
            group = self._bound(on, end).get(here) if on < end else None
            self._rows[key] = group or self._row_then(here, on)
        return self._rows[key]

    def _begins_after(self, body: str, on: date) -> bool:
        row = self.evidence.registry.bodies.get(body)
        return row is not None and row["valid_from"] > on.isoformat()

    def _reporting(self, body: str, on: date) -> str:
        return body if body.endswith(UNASSIGNED) else self.evidence.registry.reporting_ancestor(body, on)

    def _bound(self, on: date, until: date) -> Groups:
        """Return the groups that reorganisations after `on` and by `until` make, named by who reported on `on`."""
        if (on, until) in self._groups:
            return self._groups[on, until]
        registry, joined = self.evidence.registry, _Joined()
        for row in self._successions():
            old, new = row["predecessor_code"], row["successor_code"]
            ended = registry.bodies.get(old, {}).get("valid_to", "")
            moves = row["kind"] in MAPPING_KINDS and ended and ended <= row["effective_on"]
            if moves and on.isoformat() < row["effective_on"] <= until.isoformat():
                joined.join(old, new)
        members: dict[str, list[str]] = {}
        for code in registry.bodies:
            if registry.is_valid(code, on):
                joined.join(code, self._reporting(code, on))
        for code in registry.reporting_on(on):
            if self.evidence.in_scope(code, on, self.evidence.reporting_year):
                members.setdefault(joined.root(code), []).append(code)
        names = {root: "+".join(sorted(codes)) for root, codes in members.items()}
        self._groups[on, until] = {c: names[joined.root(c)] for c in registry.bodies if joined.root(c) in names}
        return self._groups[on, until]


class _Joined:
    """Which bodies hang together (union-find)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, code: str) -> str:
        top = code
        while self._above.get(top, top) != top:
            top = self._above[top]
        if top != code:
            self._above[code] = top
        return top

    def join(self, one: str, other: str) -> None:
        self._above[self.root(one)] = self.root(other)
