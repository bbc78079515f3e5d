"""The hand that spoils: it picks a file that nothing was done to yet, and writes down what was done.

Lives here: choosing and booking. Does not live here: the deeds themselves (``cells.py``, ``tables.py`` …).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from ingestion.rehearsal.papers import FactRow, Register, Return
from ingestion.rehearsal.schedule import ZONE
from ingestion.rehearsal.world import World
from ingestion.template.book import Page

Cell = Callable[[], str | None]
RowTest = Callable[[FactRow], bool]


def nowhere() -> None:
    """The address of a finding that has none: it is about a sheet or a file."""


@dataclass(frozen=True)
class Deed:
    """One planted fault: its kind, the file, where in it (asked when all is in place), the rule that must find it.

    ``rule`` is None for what a good reader takes without a word.
    """

    kind: str
    rule: str | None
    file: Return | Register
    sheet: str | None
    cell: Cell


@dataclass(frozen=True)
class Answer:
    """A line of ``explanations.csv``: an agency's answer to a query, or that it will not report."""

    year: int
    agency_code: str
    rule: str
    explanation: str
    answered_at: datetime
    sheet: str = ""
    cell: Cell = nowhere


@dataclass
class Planted:
    """All deeds, answers and stray files (year, name, bytes) of a season, in the order in which they were done."""

    deeds: list[Deed] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    strays: list[tuple[int, str, bytes]] = field(default_factory=list)

    def findings(self) -> list[dict[str, str | None]]:
        """What must be found, with addresses; a kind without a rule must be read without a finding."""
        return [
            {
                "kind": deed.kind,
                "rule": deed.rule,
                "year": str(_year(deed.file)),
                "file": deed.file.file_name,
                "sheet": deed.sheet,
                "cell": deed.cell(),
            }
            for deed in self.deeds
        ]

    def kinds(self) -> tuple[str, ...]:
        """The kinds that were planted, sorted."""
        return tuple(sorted({deed.kind for deed in self.deeds}))


@dataclass
class Spoiler:
    """What a deed works with: the world (never changed), returns and registers, and the book of deeds.

    A file is touched by one deed; where files run out, rows of a touched file may be spoiled too, each once, unless the
    file is sealed: refused as a whole, or its finding would depend on other rows.
    """

    world: World
    random: Random
    returns: list[Return]
    registers: list[Register]
    planted: Planted = field(default_factory=Planted)
    touched: set[int] = field(default_factory=set)
    sealed: set[int] = field(default_factory=set)
    missing: list[tuple[int, str]] = field(default_factory=list)

    def files(self, year: int, form: str | None = None) -> Iterator[Return]:
        """Untouched returns of a year (that have a form), in an order drawn from the seed."""
        found = [one for one in self.returns if one.sending.year == year and id(one) not in self.touched]
        self.random.shuffle(found)
        for one in found:
            if form is None or (one.book.has(form) and one.rows(form)):
                yield one

    def file(self, year: int, form: str | None = None, test: Callable[[Return], bool] | None = None) -> Return | None:
        """An untouched return that passes the test; from now on it is touched."""
        for one in self.files(year, form):
            if test is None or test(one):
                self.touched.add(id(one))
                return one
        return None

    def row(self, year: int, form: str, test: RowTest | None = None) -> tuple[Return, Page, FactRow] | None:
        """A return with an untouched line of a form that passes the test; from now on both are touched."""
        for one in (*self.files(year, form), *self._used(year)):
            for row in one.rows(form):
                if row.says is not None and id(row) not in self.touched and (test is None or test(row)):
                    self.touched |= {id(one), id(row)}
                    return one, one.book.page(form), row
        return None

    def _used(self, year: int) -> list[Return]:
        """Touched returns of a year that can bear another fault in a row."""
        return [
            one for one in self.returns
            if one.sending.year == year and id(one) in self.touched and id(one) not in self.sealed
        ]  # fmt: skip

    def deed(
        self, kind: str, rule: str | None, file: Return | Register, sheet: str | None = None, cell: Cell = nowhere
    ) -> None:
        """Write down a planted fault."""
        self.planted.deeds.append(Deed(kind, rule, file, sheet, cell))

    def at(self, kind: str, rule: str | None, one: Return, page: Page, row: FactRow, field_name: str) -> None:
        """Write down a planted fault in one cell."""
        self.deed(kind, rule, one, page.name, lambda: page.cell(row, field_name))

    def answer(self, one: Return, rule: str, text: str, sheet: str = "", cell: Cell = nowhere) -> None:
        """The agency answers a query nine days after its file arrived."""
        at = min(one.received_at + timedelta(days=9), _close(self.world))
        answer = Answer(one.sending.year, one.sending.body, rule, text, at, sheet, cell)
        self.planted.answers.append(answer)

    def answer_register(self, register: Register, rule: str, agency: str, text: str) -> None:
        """Who keeps a register answers for all of it."""
        at = min(register.received_at + timedelta(days=6), _close(self.world))
        self.planted.answers.append(Answer(register.year, agency, rule, text, at))

    def earlier(self, one: Return, days: int) -> Return:
        """A copy of a return that was sent some days before it: the first try, free to be spoiled."""
        first = replace(one, book=deepcopy(one.book), received_at=one.received_at - timedelta(days=days, hours=3))
        one.version += 1
        self.returns.insert(self.returns.index(one), first)
        self.touched.add(id(first))
        self.sealed.add(id(first))
        return first

    def register(self, year: int, name_starts: str) -> Register | None:
        """The first register of a year whose name starts so."""
        found = (r for r in self.registers if r.year == year and r.file_name.startswith(name_starts))
        return next(found, None)


def _year(file: Return | Register) -> int:
    return file.sending.year if isinstance(file, Return) else file.year


def _close(world: World) -> datetime:
    return datetime(world.today.year, world.today.month, world.today.day, 8, tzinfo=ZONE)
