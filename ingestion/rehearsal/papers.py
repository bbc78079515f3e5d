"""What agencies and registers say, line by line: rows that remember which fact they state.

Lives here: the statements (``Says…``) and the return of an agency as a book with its fate.
Does not live here: filling them from the world (``returns.py``, ``registers.py``), spoiling them (``faults``).

A statement is what a careful reader can take from the row as it stands. A fault that spoils the row changes or removes
its statement at the same time: so what can be known is counted from here, never by reading the files again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from ingestion.rehearsal.people import Person
from ingestion.rehearsal.world import Sending
from ingestion.template.book import Book, Row


@dataclass(frozen=True)
class SaysPlan:
    """A plan with number and day, as stated."""

    issued_on: date | None
    has_number: bool = True


@dataclass(frozen=True)
class SaysTalent:
    """A talent as listed: days of decisions count only under a basis in force on them."""

    person: Person
    route: str
    started_on: date
    basis: str | None
    attraction_on: date | None
    recognised_on: date | None


@dataclass(frozen=True)
class SaysDeparture:
    """A leaving, a move or a gap as reported."""

    person: Person
    reason: str
    effective_on: date
    returned_on: date | None


@dataclass(frozen=True)
class SaysTraining:
    """A course as reported; ``is_completed`` when the result (or a certificate) says so."""

    person: Person
    field: str | None
    completed_on: date | None
    is_completed: bool


@dataclass(frozen=True)
class SaysRecruitment:
    """A decision as registered: the body is the one that existed on the day of effect."""

    person: Person
    decider: str
    number: str
    body: str
    effective_on: date
    decided_on: date
    staff_kind: str
    form: str
    status: str


@dataclass(frozen=True)
class SaysLine:
    """A line that is added up: its numbers by field, and what is told again later when it is the same ``thing``."""

    numbers: tuple[tuple[str, int], ...]
    thing: tuple[object, ...] | None = None


Statement = SaysPlan | SaysTalent | SaysDeparture | SaysTraining | SaysRecruitment | SaysLine


@dataclass(eq=False)
class FactRow(Row):
    """A line of a form that states something; None when nothing can be taken from it."""

    says: Statement | None = None


@dataclass(eq=False)
class Return:
    """One file that an agency sends: its book, name, arrival, and whether it can be taken at all.

    ``content`` replaces the bytes of the book (truncated, not a workbook …); ``is_taken`` is false for a file that is
    rejected as a whole; ``missing`` names forms that cannot be read although the rest can.
    """

    sending: Sending
    book: Book
    file_name: str
    received_at: datetime
    version: int = 1
    content: bytes | None = None
    is_taken: bool = True
    missing: set[str] = field(default_factory=set)

    def rows(self, form: str) -> list[FactRow]:
        """The stating lines of a form that can be read."""
        if not self.book.has(form) or form in self.missing:
            return []
        return [row for row in self.book.page(form).rows if isinstance(row, FactRow)]


@dataclass(eq=False)
class RegisterRow:
    """A line of a register: values as written by field, and what it states."""

    values: dict[str, str]
    says: Statement | None = None


@dataclass(eq=False)
class Register:
    """A register file: name (its suffix is its format), year of the inbox, header, rows, arrival, recorded as."""

    year: int
    file_name: str
    fields: tuple[str, ...]
    rows: list[RegisterRow]
    received_at: datetime
    document_number: str = ""


def talent_said(row: FactRow) -> SaysTalent:
    """What a row of B03 states; AssertionError for any other row."""
    assert isinstance(row.says, SaysTalent)
    return row.says


def is_done(row: FactRow) -> bool:
    """Whether a row states a completed course."""
    return isinstance(row.says, SaysTraining) and row.says.is_completed


def person_of(row: FactRow) -> Person | None:
    """Of whom a row speaks; None for counts, plans and rows that state nothing."""
    return getattr(row.says, "person", None)
