"""What is the case in a sample province: people, posts, decisions, money, duties. Facts only, no files.

Lives here: the shapes of facts and ``World``, which holds them and answers who worked where on a day.
Does not live here: how they come about (``staffing.py``, ``hiring.py``, ``talents.py`` …), what officers write.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from ingestion.rehearsal.organisation import Organisation
from ingestion.rehearsal.people import Person, Population

RECRUITING = ("TT", "XT", "TN")
"""Forms that are recruitment; the others (HD, DD, LC, BP, SX) stand in the register but are not."""


@dataclass(eq=False)
class Employment:
    """A person in service: kind, first day, posts as (from, body), first day out; ``None`` while still there."""

    person: Person
    staff_kind: str
    started_on: date
    posts: list[tuple[date, str]]
    left_on: date | None = None
    unit_code: str | None = None

    def body_on(self, day: date) -> str | None:
        """The body (or ``…#chua_phan_bo``) where the person works on a day; None when not in service."""
        if day < self.started_on or (self.left_on is not None and day >= self.left_on):
            return None
        return next((code for since, code in reversed(self.posts) if since <= day), None)


@dataclass(eq=False)
class Recruitment:
    """A decision in the register: number, days, the employer on the day of effect, form, kind, what became of it."""

    person: Person
    number: str
    decided_on: date
    effective_on: date
    body: str
    decider: str
    unit_code: str | None
    position: str
    staff_kind: str
    form: str
    first_time: bool
    legal_basis: str | None = None
    status: str = "hieu_luc"

    @property
    def counts(self) -> bool:
        """Whether this is a new recruit of the headline: in force, a recruiting form, civil servant or employee."""
        return self.status == "hieu_luc" and self.form in RECRUITING and self.staff_kind in ("cong_chuc", "vien_chuc")


@dataclass(eq=False)
class Talent:
    """A talent, from the first day on which anybody could list the person (``listed_from``)."""

    person: Person
    employment: Employment
    route: str
    group: str
    sector: str
    position: str
    degree: str
    degree_class: str | None
    major: str
    institution: str
    origin: str
    unit_kind: str
    listed_from: date
    basis: str | None = None
    other_groups: str | None = None
    attraction_number: str | None = None
    attraction_on: date | None = None
    recognition_number: str | None = None
    recognised_on: date | None = None
    authority: str | None = None
    recruitment: Recruitment | None = None
    nominated_by: str = "co_quan"

    @property
    def decided_on(self) -> date | None:
        """The day of the earliest decision; None for a candidate."""
        days = [day for day in (self.attraction_on, self.recognised_on) if day is not None]
        return min(days) if days else None

    @property
    def clock(self) -> date | None:
        """The day from which five years are counted: first working day (attracted), else the recognition."""
        return self.employment.started_on if self.route == "thu_hut" else (self.recognised_on or self.attraction_on)

    def newest_fact(self, until: date) -> date:
        """The day, up to a day, of the last thing that a list says of the talent: start, listing or decision."""
        days = (self.employment.started_on, self.listed_from, self.attraction_on, self.recognised_on)
        return max(day for day in days if day is not None and day <= until)


@dataclass(eq=False)
class Departure:
    """A leaving or a move: from which body, why, first day out, where to, first day back."""

    person: Person
    body: str
    reason: str
    effective_on: date
    destination_kind: str
    destination: str | None
    number: str
    returned_on: date | None = None


@dataclass(eq=False)
class Training:
    """A course of a person. ``completed_on`` is None while it runs; ``is_st`` (yes, no, unknown) is of the list."""

    person: Person
    course: str
    code: str
    kind: str
    level: str
    field: str
    is_st: str
    started_on: date
    completed_on: date | None
    hours: int
    institution: str
    certificate: str | None
    delivery: str
    source: str
    record: int = 0


@dataclass(eq=False)
class Plan:
    """An agency's own plan (CT01) and the targets in it, as (indicator, label, unit, target by year)."""

    body: str
    number: str
    issued_on: date
    period: tuple[int, int]
    supersedes: str | None = None
    targets: list[tuple[str | None, str, str, Decimal]] = field(default_factory=list)


@dataclass(eq=False)
class Assignment:
    """A decision that gives a person of an ended body a new employer."""

    person: Person
    old: str
    new: str
    on: date
    number: str


@dataclass(eq=False)
class Sending:
    """How an agency sends the report of a year: closing day, its paper, when and by which channel it arrives."""

    year: int
    body: str
    figures_as_of: date
    document_number: str
    document_date: date
    arrives_at: datetime
    channel: str


@dataclass
class World:
    """Everything that is the case, in the order in which it was decided."""

    organisation: Organisation
    population: Population
    today: date
    employments: list[Employment] = field(default_factory=list)
    recruitments: list[Recruitment] = field(default_factory=list)
    talents: list[Talent] = field(default_factory=list)
    departures: list[Departure] = field(default_factory=list)
    trainings: list[Training] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    sendings: dict[tuple[int, str], Sending] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def next_number(self, kind: str, sign: str) -> str:
        """The next number of a row of documents, such as ``125/QĐ-SNV``; a number is never given twice."""
        self.numbers[sign] = self.numbers.get(sign, 100) + 1
        return f"{self.numbers[sign]}/{kind}-{sign}"

    def sending(self, year: int, body: str) -> Sending | None:
        """How a body sends that year's report; None when it has not (yet) sent any."""
        return self.sendings.get((year, body))

    def official(self, code: str) -> str:
        """The code that a body writes."""
        return self.organisation.bodies[code].official_code
