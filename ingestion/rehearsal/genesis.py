"""How a sample world comes about: chapter after chapter, year after year, from one seed.

Lives here: the order of events and how many of them there are. Does not live here: any of the chapters.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random

from ingestion.rehearsal.careers import let_some_leave, one_comes_back, train, train_others
from ingestion.rehearsal.hiring import hire
from ingestion.rehearsal.organisation import Organisation
from ingestion.rehearsal.paperwork import make_plans, plans_of_new_bodies
from ingestion.rehearsal.people import Population
from ingestion.rehearsal.reorganising import reorganise
from ingestion.rehearsal.schedule import plan_sendings
from ingestion.rehearsal.staffing import fill_posts
from ingestion.rehearsal.talents import attract, confirm_candidates, recognise
from ingestion.rehearsal.world import World

FIRST_DAY = date(2024, 1, 1)
TODAY = date(2026, 11, 23)
"""The day on which the sample looks at itself: nothing later has happened."""
_REGISTERS_END = date(2026, 11, 1)
_FULL_SIZE = 80


def make_world(seed: int, agencies: int | None, years: Iterable[int]) -> World:
    """The world of a seed; the same arguments always give the same world."""
    random = Random(seed)
    organisation = Organisation(agencies)
    world = World(organisation, Population(random), TODAY)
    calendar = range(FIRST_DAY.year, max(max(years), TODAY.year) + 1)
    for year in calendar:
        plan_sendings(world, random, year)
    fill_posts(world, random, FIRST_DAY)
    make_plans(world, random)
    for year in calendar:
        _live_through(world, random, year)
    _a_foreigner(world, random)
    return world


def _live_through(world: World, random: Random, year: int) -> None:
    share = _share(world)
    for since, until in _spans(world, year):
        if since in _reorganisations(world):
            reorganise(world, random, since)
            plans_of_new_bodies(world, random, since)
        attract(world, random, hire(world, random, since, until))
    if year > FIRST_DAY.year:
        confirm_candidates(world, random, year, 0.5)
    running = year == TODAY.year
    recognise(
        world, random, year, *_some(share, 3 if running else 7, 5 if running else 10 if year > FIRST_DAY.year else 4)
    )
    let_some_leave(world, random, year, *_some(share, 2 if running else 3, 1 if running else 2))
    if year == FIRST_DAY.year + 1:
        one_comes_back(world, random, year)
    train(world, random, year)
    train_others(world, random, year, int(120 * share) + 5)


def _spans(world: World, year: int) -> list[tuple[date, date]]:
    """The year cut at the days of reorganisation; the running year ends where the registers end."""
    cuts = [date(year, 1, 1), *(day for day in _reorganisations(world) if day.year == year)]
    ends = [*cuts[1:], min(date(year + 1, 1, 1), _REGISTERS_END)]
    return list(zip(cuts, ends, strict=True))


def _reorganisations(world: World) -> list[date]:
    return sorted(
        {step.on for step in world.organisation.successions if step.carries_on and FIRST_DAY < step.on < TODAY}
    )


def _share(world: World) -> float:
    """How large the season is, against a full one."""
    return min(1.0, len(world.organisation.reporting_on(TODAY)) / _FULL_SIZE)


def _some(share: float, *numbers: int) -> list[int]:
    return [max(1, round(number * share)) for number in numbers]


def _a_foreigner(world: World, random: Random) -> None:
    """One attracted expert on contract has a passport instead of a Vietnamese id."""
    experts = [t for t in world.talents if t.employment.staff_kind == "hop_dong" and t.recruitment is not None]
    if not experts:
        return
    old = experts[0].person
    person = world.population.draw_foreigner("Anna Lindqvist", "nu", date(1984, 5, 17))
    facts = (world.talents, world.employments, world.recruitments, world.departures, world.trainings, world.assignments)
    for fact in (fact for chapter in facts for fact in chapter):  # type: ignore[attr-defined]
        if fact.person is old:
            fact.person = person
    experts[0].origin, experts[0].group = "nuoc_ngoai", "N4"
