"""What the figures are computed from: either the world itself, or what can be known from the files that survive.

Lives here: the shapes both have in common. Does not live here: how they are gathered (``truth_world.py``,
``truth_known.py``) and counted (``truth_figures.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from ingestion.rehearsal.organisation import Organisation
from ingestion.rehearsal.people import Person

Assignments = dict[Person, list[tuple[date, str, str]]]
"""By person: (day, old body, new body) of every assignment decision."""


@dataclass(frozen=True)
class Recruit:
    """A recruitment that counts: who, at which body on the day of effect, decided when."""

    person: Person
    body: str
    effective_on: date
    decided_on: date
    order: tuple[str, int] = ("", 0)


@dataclass(frozen=True)
class Standing:
    """A talent: route, first working day, the days of decisions under a basis that was in force on them."""

    person: Person
    route: str
    started_on: date
    attraction_on: date | None
    recognised_on: date | None

    @property
    def decided_on(self) -> date | None:
        """The earliest decision, or None."""
        days = [day for day in (self.attraction_on, self.recognised_on) if day is not None]
        return min(days) if days else None

    @property
    def clock(self) -> date | None:
        """The day from which service as a talent counts."""
        return self.started_on if self.route == "thu_hut" else (self.recognised_on or self.attraction_on)


@dataclass(frozen=True)
class Absence:
    """Out of service from a day on, until a day (None: for good)."""

    since: date
    until: date | None


@dataclass
class Facts:
    """Everything the seven indicators need. ``employer`` says where a talent works on a day (body, or unassigned)."""

    organisation: Organisation
    today: date
    years: list[int]
    employer: Callable[[Person, date], str | None]
    recruits: list[Recruit] = field(default_factory=list)
    standings: dict[Person, Standing] = field(default_factory=dict)
    absences: dict[Person, list[Absence]] = field(default_factory=dict)
    science_courses: dict[Person, list[date]] = field(default_factory=dict)
    plans: list[tuple[str, date]] = field(default_factory=list)
    on_time: set[tuple[int, str]] = field(default_factory=set)
    signed: dict[int, date] = field(default_factory=dict)
    assignments: Assignments = field(default_factory=dict)

    def in_service(self, person: Person, day: date) -> bool:
        """Whether no leaving keeps the person away on that day."""
        return not any(a.since <= day and (a.until is None or day < a.until) for a in self.absences.get(person, []))
