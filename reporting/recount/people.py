"""Persons as talents: decisions, clocks, leavings, and at which agency they stand on a day.

Lives here: what B03, B04 and the assignment decisions say of one person. Does not live here: shares and cohorts.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from expectations.reference.agencies import UNASSIGNED
from reporting.recount.evidence import Evidence, day, records, text
from reporting.recount.register import StaffLists, assignments, decisions, in_force
from reporting.recount.structures import Structures

STAYS = "chuyen_trong_pham_vi"
AT_LEAST_LONG_AGO = date(1, 1, 1)


@dataclass(frozen=True)
class Leaving:
    """A first day no longer in service, and the first day back if there is one."""

    out_on: date
    back_on: date | None
    reason: str

    def gap_days(self) -> int | None:
        """Return the length of the absence in days, None when it is open."""
        return (self.back_on - self.out_on).days if self.back_on else None

    def breaks(self, longest_gap: int) -> bool:
        """Tell whether the absence is longer than what keeps service continuous."""
        gap = self.gap_days()
        return gap is None or gap > longest_gap


@dataclass(frozen=True)
class Listing:
    """What the newest B03 row of one spell says of a talent; dates are None when not given."""

    basis: str
    attracted_on: date | None
    recognised_on: date | None
    valid_to: date | None
    withdrawn_on: date | None
    route: str
    started_on: date | None

    @property
    def clock(self) -> date | None:
        """The first working day of the attracted, the day of the decision of those recognised in service."""
        return self.started_on if self.route == "thu_hut" else self.recognised_on or self.attracted_on

    def decisions(self, evidence: Evidence) -> list[date]:
        """Return the days of decisions whose legal basis was in force that day."""
        days = [made for made in (self.attracted_on, self.recognised_on) if made]
        return sorted(made for made in days if evidence.basis_holds(self.basis, made))

    def decided_on(self, evidence: Evidence, on: date) -> date | None:
        """Return the earliest decision that still stands on a day: made, not withdrawn, not run out."""
        if self.withdrawn_on and self.withdrawn_on <= on:
            return None
        ran_out = self.valid_to is not None and self.valid_to < on
        days = [
            made
            for made in self.decisions(evidence)
            if made <= on and not (ran_out and made == self.recognised_on and made != self.attracted_on)
        ]
        return days[0] if days else None


@dataclass
class Person:
    """All that is known of one person as a talent."""

    listings: dict[int, Listing] = field(default_factory=dict)
    leavings: list[Leaving] = field(default_factory=list)
    senders: list[tuple[int, str]] = field(default_factory=list)

    def in_service(self, since: date, on: date) -> bool:
        """Tell whether no absence that began after `since` (the clock of the spell) covers the day."""
        later = [gone for gone in self.leavings if since < gone.out_on <= on]
        return not any(gone.back_on is None or gone.back_on > on for gone in later)


class People:
    """The persons of B03 with their leavings and assignments."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.assignments = assignments(evidence)
        self.structures = Structures(evidence, self.assignments)
        departures = evidence.rows("departures")
        self._reported_gone = {
            (row["reporting_year"], row["person"], row["agency_code"]) for row in records(departures)
        }
        self.persons: dict[str, Person] = defaultdict(Person)
        for person, leavings in _leavings(records(departures)).items():
            self.persons[person].leavings = leavings
        talents = evidence.rows("talents").sort_values(["reporting_year", "received_at", "submission_id", "row"])
        for key, rows in talents.groupby("person"):
            self._list(str(key), records(rows))

    def talents(self) -> Iterator[tuple[str, Person]]:
        """Yield (person key, person) of everybody ever listed in B03, in order of key."""
        for key in sorted(self.persons):
            if self.persons[key].listings:
                yield key, self.persons[key]

    def _list(self, key: str, rows: list[dict[str, Any]]) -> None:
        person = self.persons[key]
        longest = int(self.evidence.parameter("ct04_max_gap_days", self.evidence.reporting_year) or 0)
        spells: dict[int, list[Listing]] = defaultdict(list)
        for row in rows:
            listing = _listing(row)
            clock = listing.clock or AT_LEAST_LONG_AGO
            spell = sum(gone.out_on <= clock and gone.breaks(longest) for gone in person.leavings)
            spells[spell].append(listing)
        for spell, listings in spells.items():
            decided = [one for one in listings if one.attracted_on or one.recognised_on]
            person.listings[spell] = (decided or listings)[-1]
        person.senders = self._senders(key, rows)

    def _senders(self, key: str, rows: list[dict[str, Any]]) -> list[tuple[int, str]]:
        by_year: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            by_year[row["reporting_year"]].append(row)
        chosen = []
        for year, some in sorted(by_year.items()):
            some.sort(key=lambda row: row["agency_code"])
            some.sort(key=lambda row: row["received_at"], reverse=True)
            some.sort(key=lambda row: (year, key, row["agency_code"]) in self._reported_gone)
            chosen.append((year, some[0]["agency_code"]))
        return chosen

    def is_talent(self, key: str, on: date) -> bool:
        """Tell whether a decision of the person stands on the day (headline of CT02, CT03)."""
        person = self.persons.get(key)
        return person is not None and any(
            one.decided_on(self.evidence, on) is not None for one in person.listings.values()
        )

    def employer(self, key: str, on: date) -> str:
        """Return the body that answers for the person on a day, carried along the reorganisations to that day.

        It is the sender of the person's newest B03 row of a year not after `on`. A person first listed later stands
        where staff lists and recruitment decisions last saw them, else where the first sender can be traced back to.
        """
        moves = in_force(self.assignments, key, on)
        return self.evidence.registry.carry_forward(self.told_by(key, on), on, moves)

    def told_by(self, key: str, on: date) -> str:
        """Return the body at which the person was last told of by a day, as it was then (see `employer`)."""
        listed = [sender for sender in self.persons[key].senders if sender[0] <= on.year]
        seen = [] if listed else [place for place in self._places[key] if place[0] <= on]
        if listed or seen:
            return max(listed)[1] if listed else max(seen)[2]
        return self._traced_back(key, self.persons[key].senders[0][1], on)

    @cached_property
    def _places(self) -> dict[str, list[tuple[date, bool, str]]]:
        """{person: (day, whether it is a staff list, body)} of every talent, from staff lists and register."""
        keys = {key for key, _ in self.talents()}
        lists = StaffLists(self.evidence, keys)
        found: dict[str, list[tuple[date, bool, str]]] = {
            key: [(taken, True, body) for taken, body in lists.places(key)] for key in keys
        }
        for row in decisions(self.evidence, self.assignments):
            if row["person"] in keys and row["status"] == "hieu_luc" and row["body"]:
                found[row["person"]].append((row["effective_on"], False, row["body"]))
        return found

    def _traced_back(self, key: str, body: str, on: date) -> str:
        registry = self.evidence.registry
        while body in registry.bodies and registry.bodies[body]["valid_from"] > on.isoformat():
            begun = date.fromisoformat(registry.bodies[body]["valid_from"])
            before = sorted({old for old, new, _ in self.assignments.get(key, ()) if new == body})
            before = before or registry.before(body, begun)
            if len(before) != 1:
                break
            body = before[0]
        return body

    def in_scope(self, body: str, on: date, year: int) -> bool:
        """Tell whether a person's body is in scope on a day; the unassigned are; a later body: by itself."""
        if body.endswith(UNASSIGNED):
            return True
        row = self.evidence.registry.bodies.get(body)
        begun = date.fromisoformat(row["valid_from"]) if row else on
        return self.evidence.in_scope(body, max(on, begun), year)


def _leavings(rows: list[dict[str, Any]]) -> dict[str, list[Leaving]]:
    found: dict[tuple[str, date], Leaving] = {}
    for row in rows:
        out_on, back_on, reason = day(row["effective_on"]), day(row["returned_on"]), text(row["exit_reason"])
        if out_on is None:
            continue
        same = found.get((row["person"], out_on))
        if same:
            back_on = max(filter(None, (same.back_on, back_on)), default=None)
            reason = reason if same.reason == STAYS else same.reason
        found[row["person"], out_on] = Leaving(out_on, back_on, reason)
    leavings: dict[str, list[Leaving]] = defaultdict(list)
    for (person, _), leaving in sorted(found.items()):
        if leaving.reason != STAYS or leaving.back_on:
            leavings[person].append(leaving)
    return leavings


def _listing(row: dict[str, Any]) -> Listing:
    attracted_on = day(row["attraction_decided_on"])
    return Listing(
        basis=text(row["legal_basis"]),
        attracted_on=attracted_on,
        recognised_on=day(row["recognised_on"]),
        valid_to=day(row["recognition_valid_to"]),
        withdrawn_on=day(row["withdrawn_on"]),
        route=text(row["entry_route"]) or ("thu_hut" if attracted_on else "trong_dung"),
        started_on=day(row["started_on"]),
    )
