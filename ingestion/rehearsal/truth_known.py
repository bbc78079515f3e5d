"""The facts that can be known from what arrived: statements of rows that survive, newest reports first.

Lives here: returns and registers → ``Facts`` by the rules of precedence (definitions.md § 2, R2, R3).
Does not live here: reading files. Rows carry their statements since they were written; faults took some away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from expectations.reference.load import read
from ingestion.rehearsal.employers import Employers, Listing, evidence
from ingestion.rehearsal.facts import Absence, Facts, Recruit, Standing
from ingestion.rehearsal.organisation import Organisation
from ingestion.rehearsal.papers import (
    Register,
    Return,
    SaysDeparture,
    SaysPlan,
    SaysRecruitment,
    SaysTalent,
    SaysTraining,
)  # fmt: skip
from ingestion.rehearsal.people import Person
from ingestion.rehearsal.truth_world import assignments_of
from ingestion.rehearsal.world import RECRUITING, World
from ingestion.template.owed import last_on_time_day

_KEEPS_IN_PLACE = "chuyen_trong_pham_vi"


def facts_known(
    world: World, years: list[int], signed: dict[int, date], returns: list[Return], registers: list[Register]
) -> Facts:
    """Everything the figures need, from the files alone."""
    current = current_returns(returns)
    listings = _listings(current)
    bases = {row["code"]: (row["valid_from"], row["valid_to"] or "9999") for row in read("legal_bases")}
    facts = Facts(world.organisation, world.today, years, lambda person, day: None, signed=signed)
    facts.assignments = assignments_of(world)
    seen = evidence(world.organisation, registers, set(listings))
    facts.employer = Employers(facts, listings, _left_by(current), seen).on
    facts.standings = {person: _standing(rows, bases) for person, rows in listings.items()}
    facts.absences = _absences(current)
    facts.recruits = _recruits(world, registers)
    science = {row["code"] for row in read("training_fields") if row["is_science_technology"] == "yes"}
    for says in _courses(current, registers):
        if says.is_completed and says.completed_on is not None and says.field in science:
            facts.science_courses.setdefault(says.person, []).append(says.completed_on)
    facts.plans = [
        (one.sending.body, row.says.issued_on)
        for one in current
        for row in one.rows("B01")
        if isinstance(row.says, SaysPlan) and row.says.has_number and row.says.issued_on is not None
    ]
    facts.on_time = {
        (one.sending.year, one.sending.body)
        for one in returns
        if one.is_taken and one.received_at.date() <= last_on_time_day(one.sending.year)
    }
    return facts


def current_returns(returns: list[Return]) -> list[Return]:
    """Of every agency and year the newest file that was taken."""
    newest: dict[tuple[int, str], Return] = {}
    for one in sorted((r for r in returns if r.is_taken), key=lambda r: r.received_at):
        newest[one.sending.year, one.sending.body] = one
    return list(newest.values())


def _listings(current: list[Return]) -> dict[Person, list[Listing]]:
    found: dict[Person, list[Listing]] = defaultdict(list)
    for one in current:
        for row in one.rows("B03"):
            if isinstance(row.says, SaysTalent):
                found[row.says.person].append((one.sending.year, one.received_at, one.sending.body, row.says))
    for rows in found.values():
        rows.sort(key=lambda listing: listing[:3])
    return dict(found)


def _standing(rows: list[Listing], bases: dict[str, tuple[str, str]]) -> Standing:
    """The newest row that carries a decision, else the newest; a day counts only when the basis was in force on it."""
    decided = [says for *_, says in rows if says.attraction_on is not None or says.recognised_on is not None]
    says = decided[-1] if decided else rows[-1][-1]

    def in_force(day: date | None) -> date | None:
        first, after = bases.get(says.basis or "", ("9999", ""))
        return day if day is not None and says.basis != "KHAC" and first <= day.isoformat() < after else None

    attraction, recognition = in_force(says.attraction_on), in_force(says.recognised_on)
    return Standing(says.person, says.route, says.started_on, attraction, recognition)


def _left_by(current: list[Return]) -> set[tuple[int, str, Person]]:
    """(year, sender, person) of every row of B04."""
    return {
        (one.sending.year, one.sending.body, row.says.person)
        for one in current
        for row in one.rows("B04")
        if isinstance(row.says, SaysDeparture)
    }


def _absences(current: list[Return]) -> dict[Person, list[Absence]]:
    reported: dict[tuple[Person, date], tuple[str, date | None]] = {}
    for one in current:
        for row in one.rows("B04"):
            if isinstance(row.says, SaysDeparture):
                key = (row.says.person, row.says.effective_on)
                before = reported.get(key, ("", None))[1]
                days = [day for day in (before, row.says.returned_on) if day is not None]
                reported[key] = (row.says.reason, max(days) if days else None)
    found: dict[Person, list[Absence]] = defaultdict(list)
    for (person, since), (reason, until) in reported.items():
        if reason != _KEEPS_IN_PLACE or until is not None:
            found[person].append(Absence(since, until))
    return dict(found)


def _recruits(world: World, registers: list[Register]) -> list[Recruit]:
    """Decisions in force; what only moved people on the day of a reorganisation is left out."""
    latest: dict[tuple[Person, str, str], tuple[datetime, int, SaysRecruitment]] = {}
    for register in registers:
        for place, row in enumerate(register.rows):
            if isinstance(row.says, SaysRecruitment):
                key = (row.says.person, row.says.decider, row.says.number)
                entry = (register.received_at, place, row.says)
                if key not in latest or entry[:2] > latest[key][:2]:
                    latest[key] = entry
    moved = _movers(world.organisation, registers)
    found = []
    for received, place, says in latest.values():
        counts = says.status == "hieu_luc" and says.form in RECRUITING and says.staff_kind in ("cong_chuc", "vien_chuc")
        if counts and (says.person, says.body, says.effective_on) not in moved:
            order = (received.isoformat(), place)
            found.append(Recruit(says.person, says.body, says.effective_on, says.decided_on, order))
    return found


def _movers(organisation: Organisation, registers: list[Register]) -> set[tuple[Person, str, date]]:
    """Starts at a successor on the day of reorganisation, of persons in a predecessor's list the day before."""
    days = {step.on for step in organisation.successions if step.carries_on}
    before: dict[tuple[str, str], set[str]] = defaultdict(set)
    for register in registers:
        if register.file_name.startswith("staff_snapshot"):
            for row in register.rows:
                before[row.values["snapshot_on"], row.values["agency_code"]].add(row.values["national_id"])
    moved = set()
    for register in registers:
        for row in register.rows:
            says = row.says
            if not isinstance(says, SaysRecruitment) or says.effective_on not in days:
                continue
            eve = date.fromordinal(says.effective_on.toordinal() - 1)
            codes = {organisation.bodies[old].official_code for old in organisation.before(says.body)}
            if any(says.person.national_id in before[eve.isoformat(), code] for code in codes):
                moved.add((says.person, says.body, says.effective_on))
    return moved


def _courses(current: list[Return], registers: list[Register]) -> Iterator[SaysTraining]:
    for one in current:
        for row in one.rows("B05"):
            if isinstance(row.says, SaysTraining):
                yield row.says
    for register in registers:
        for line in register.rows:
            if isinstance(line.says, SaysTraining):
                yield line.says
