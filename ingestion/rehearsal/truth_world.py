"""The facts of the world itself: what is, whether or not anybody wrote it down.

Lives here: ``World`` → ``Facts``. Does not live here: files and faults (``truth_known.py``), counting.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from ingestion.rehearsal.facts import Absence, Assignments, Facts, Recruit, Standing
from ingestion.rehearsal.people import Person
from ingestion.rehearsal.world import World
from ingestion.template.owed import last_on_time_day


def facts_of_world(world: World, years: list[int], signed: dict[int, date]) -> Facts:
    """Everything the figures need, straight from the world."""
    posts = {employment.person: employment for employment in world.employments}

    def employer(person: Person, day: date) -> str | None:
        return posts[person].body_on(day)

    facts = Facts(world.organisation, world.today, years, employer, signed=signed)
    facts.recruits = [
        Recruit(r.person, r.body, r.effective_on, r.decided_on, (r.number, 0)) for r in world.recruitments if r.counts
    ]
    for talent in world.talents:
        facts.standings[talent.person] = Standing(
            talent.person, talent.route, talent.employment.started_on, talent.attraction_on, talent.recognised_on
        )
    for departure in world.departures:
        if departure.reason != "chuyen_trong_pham_vi" or departure.returned_on is not None:
            absence = Absence(departure.effective_on, departure.returned_on)
            facts.absences.setdefault(departure.person, []).append(absence)
    for training in world.trainings:
        if training.is_st == "yes" and training.completed_on is not None:
            facts.science_courses.setdefault(training.person, []).append(training.completed_on)
    facts.plans = [(plan.body, plan.issued_on) for plan in world.plans]
    facts.on_time = {
        (year, body)
        for (year, body), sending in world.sendings.items()
        if sending.arrives_at.date() <= last_on_time_day(year)
    }
    facts.assignments = assignments_of(world)
    return facts


def assignments_of(world: World) -> Assignments:
    """All assignment decisions by person."""
    found: Assignments = defaultdict(list)
    for assignment in world.assignments:
        found[assignment.person].append((assignment.on, assignment.old, assignment.new))
    return dict(found)
