"""The report of an agency as its officer would fill it in: the world seen from one desk on the closing day.

Lives here: which facts belong on which form of which agency, and the return made of them.
Does not live here: how a fact is written in a row (``rows.py``), the blank form (``template``), faults.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from expectations.reference.load import read
from ingestion.rehearsal import rows
from ingestion.rehearsal.affairs import TOLD, affairs, outputs
from ingestion.rehearsal.names import draw_name
from ingestion.rehearsal.organisation import Body
from ingestion.rehearsal.papers import FactRow, Return
from ingestion.rehearsal.paperwork import budget_lines, output_line, task_line
from ingestion.rehearsal.people import Person
from ingestion.rehearsal.world import Departure, Recruitment, Sending, Talent, Training, World
from ingestion.template.book import Book
from ingestion.template.owed import Sender, asked_outputs, asked_tasks
from ingestion.template.pages import blank_book, number_rows


@dataclass
class Desk:
    """What one agency has to tell on its closing day."""

    world: World
    body: Body
    sending: Sending

    @property
    def closed_on(self) -> date:
        """The closing day of the figures."""
        return self.sending.figures_as_of

    def own(self, body: str) -> bool:
        """Whether what happened at a body is this agency's to tell: itself, its predecessors, its old communes."""
        organisation = self.world.organisation
        code = body
        if organisation.bodies[code].kind == "commune" and not organisation.bodies[code].is_reporting:
            code = organisation.bodies[code].parent
        while code != self.body.code and not organisation.bodies[code].exists_on(self.closed_on):
            after = organisation.after(code, self.closed_on)
            if len(after) != 1:
                return False
            code = after[0]
        return code == self.body.code

    def in_year(self, day: date) -> bool:
        """Whether a day lies in the year, up to the closing day."""
        return date(self.sending.year, 1, 1) <= day <= self.closed_on

    def talents(self) -> list[Talent]:
        """Those in service here on the closing day, and those who came since the list before and left."""
        left = {d.person for d in self.departures()}
        found = []
        for talent in self.world.talents:
            if talent.listed_from > self.closed_on:
                continue
            here = talent.employment.body_on(self.closed_on) == self.body.code
            gone = talent.person in left and talent.employment.left_on is not None
            if here or (gone and not self._on_a_list_before(talent)):
                found.append(talent)
        return found

    def _on_a_list_before(self, talent: Talent) -> bool:
        """Whether an earlier list, wherever the person then worked, could already say all that there is to say.

        Lists close in November: who comes, or is recognised, after it is told of a year later, even if gone by then.
        """
        newest = talent.newest_fact(self.closed_on)
        return any(
            newest <= before.figures_as_of and talent.employment.body_on(before.figures_as_of) == before.body
            for before in self.world.sendings.values()
            if before.year < self.sending.year
        )

    def departures(self) -> list[Departure]:
        """Leavings and moves of the year away from here."""
        return [d for d in self.world.departures if self.in_year(d.effective_on) and self.own(d.body)]

    def trainings(self) -> list[Training]:
        """Courses of the year, and those that run, of the people on the lists above."""
        people = {t.person for t in self.talents()} | {d.person for d in self.departures()}
        return [t for t in self.world.trainings if t.person in people and self._tells(t)]

    def _tells(self, training: Training) -> bool:
        if training.completed_on is None:
            return training.started_on <= self.closed_on
        return self.in_year(training.completed_on)

    def recruitments(self) -> list[Recruitment]:
        """Decisions of the year that are this agency's, transfers left out."""
        return [
            r for r in self.world.recruitments
            if r.form in ("TT", "XT", "TN", "HD") and self.in_year(r.effective_on) and self.own(r.body)
        ]  # fmt: skip


def make_returns(
    world: World, seed: int, years: list[int], edition: dict[int, str], overlay: Path | None
) -> list[Return]:
    """The first report of every agency that sends one, year by year, in the order of the registry."""
    return [_return(world, seed, sending, edition[sending.year], overlay) for sending in _sendings(world, years)]


def _sendings(world: World, years: list[int]) -> Iterator[Sending]:
    for (year, _), sending in world.sendings.items():
        if year in years:
            yield sending


def _return(world: World, seed: int, sending: Sending, edition: str, overlay: Path | None) -> Return:
    body = world.organisation.bodies[sending.body]
    sender = Sender(body.code, body.official_code, body.name, body.kind)
    book = blank_book(sender, sending.year, edition, overlay)
    random = Random(f"{seed}/{sending.year}/{body.code}")
    desk = Desk(world, body, sending)
    _fill_cover(book, sending, random)
    _fill_people(book, desk)
    _fill_plans(book, desk, random)
    draws = {owed.code: f"{seed}/{body.code}/{sending.year}/{owed.code}" for owed in book.owed if owed.code in TOLD}
    made: dict[str, int] = {}
    for form, draw in draws.items():
        book.page(form).rows = list(affairs(form, desk, Random(draw)))
        made |= outputs(form, desk, Random(draw))
    _fill_counts(book, desk, random, sender, overlay, made)
    for owed in book.owed:
        owed.is_nil = not book.page(owed.code).rows
    number_rows(book)
    return Return(sending, book, f"{body.official_code}_{sending.year}.xlsx", sending.arrives_at)


def _fill_cover(book: Book, sending: Sending, random: Random) -> None:
    book.line("figures_as_of").value = sending.figures_as_of
    book.line("document_number").value = sending.document_number
    book.line("document_date").value = sending.document_date
    book.line("prepared_by").value = draw_name(random, "nu")[0]
    book.line("approved_by").value = draw_name(random, "nam")[0]


def _fill_people(book: Book, desk: Desk) -> None:
    recruitments = desk.recruitments()
    talents = {t.person: t for t in desk.world.talents}
    groups: dict[tuple[str, str], list[Recruitment]] = defaultdict(list)
    for recruitment in recruitments:
        groups[recruitment.form, recruitment.staff_kind].append(recruitment)
    book.page("B02").rows = [rows.summary_row(key, groups[key], talents, desk.closed_on) for key in sorted(groups)]
    book.page("B03").rows = [rows.talent_row(talent, desk.closed_on) for talent in desk.talents()]
    book.page("B04").rows = [rows.departure_row(d, desk.world, desk.closed_on) for d in desk.departures()]
    book.page("B05").rows = [rows.training_row(t) for t in desk.trainings()]


def _fill_plans(book: Book, desk: Desk, random: Random) -> None:
    if not book.has("B01"):
        return
    plans = [p for p in desk.world.plans if p.body == desk.body.code and p.issued_on <= desk.closed_on]
    book.page("B01").rows = [rows.plan_row(plan) for plan in plans]
    recruits = [r for r in desk.recruitments() if r.counts]
    talents = {t.person for t in desk.talents() if t.decided_on is not None and t.decided_on <= desk.closed_on}
    taken = len({r.person for r in recruits} & talents)
    share = round(100 * taken / len(recruits), 1) if recruits else None
    book.page("B01b").rows = [rows.target_row(t, plan, share, random) for plan in plans for t in plan.targets]


def _fill_counts(
    book: Book, desk: Desk, random: Random, sender: Sender, overlay: Path | None, made: dict[str, int]
) -> None:
    if book.has("B06"):
        lines = budget_lines(random, desk.body, desk.body.official_code == "STC")
        book.page("B06").rows = [rows.plain_row("budgets", line) for line in lines]
    conditions = {row["task_code"]: row["condition_vi"] for row in read("tasks")}
    if book.has("B07"):
        book.page("B07").rows = [
            rows.plain_row("task_progress", {"task_code": task}
                           | task_line(random, task, desk.sending.year, desk.body, conditions[task]))
            for task in asked_tasks(sender, desk.sending.year, overlay)
        ]  # fmt: skip
    if book.has("B07b"):
        book.page("B07b").rows = [
            rows.plain_row("task_outputs", {"task_code": task, "output_code": output}
                           | output_line(random, output, made.get(output)))
            for task, output in asked_outputs(sender, desk.sending.year, overlay)
        ]  # fmt: skip


def listed_people(returns: list[Return]) -> set[Person]:
    """Everybody who stands in a B05 of some return, to see whose courses only the training system knows."""
    return {row.says.person for r in returns for row in r.rows("B05") if isinstance(row, FactRow) and row.says}  # type: ignore[union-attr]
