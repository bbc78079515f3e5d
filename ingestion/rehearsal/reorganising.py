"""A day of reorganisation: bodies end, their people go on elsewhere, and nobody was recruited or left.

Lives here: new posts for the people of bodies that end on a day, and the assignment decisions where several follow.
Does not live here: which bodies end (the reference lists).
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from ingestion.rehearsal.organisation import OPEN, UNASSIGNED
from ingestion.rehearsal.world import Assignment, Employment, Talent, World

_TO_DEPARTMENTS = 0.08
_FUNCTION_MOVERS = 3
_LEFT_OVER = 3


def reorganise(world: World, random: Random, day: date) -> None:
    """Move everybody whose body ends on that day: with it (one successor) or by a decision (several)."""
    eve = day - timedelta(days=1)
    number = world.next_number("QĐ", "UBND")
    moved: dict[str, list[Employment]] = {}
    for post in world.employments:
        body = world.organisation.bodies.get(post.body_on(eve) or "")
        if body is not None and body.valid_to == day:
            moved.setdefault(body.code, []).append(post)
    for code in sorted(moved):
        after = world.organisation.after(code, day)
        if len(after) == 1:
            _move_with_functions(world, random, code, after[0], moved[code], day, number)
        elif after:
            _scatter(world, random, code, moved[code], day, number)


def _move_with_functions(
    world: World, random: Random, old: str, new: str, posts: list[Employment], day: date, number: str
) -> None:
    """All go to the one successor, except a few who go with a function to another body, by decision."""
    functions = [
        step.new for step in world.organisation.successions
        if step.old == old and step.on == day and step.kind == "chuyen_chuc_nang"
        and step.new in world.organisation.taking_part and old.startswith("SNV")
    ]  # fmt: skip
    busy = {talent.person for talent in world.talents} | {r.person for r in world.recruitments}
    free = [post for post in posts if post.person not in busy]
    with_function = random.sample(free, k=min(_FUNCTION_MOVERS, len(free))) if functions else []
    for post in posts:
        target = functions[0] if post in with_function else new
        post.posts.append((day, target))
        if post in with_function:
            world.assignments.append(Assignment(post.person, old, target, day, number))


def _scatter(world: World, random: Random, old: str, posts: list[Employment], day: date, number: str) -> None:
    """Several bodies follow: person by person. In the smallest districts a few wait for their decision."""
    heirs = world.organisation.heirs(old)
    departments = [b.code for b in world.organisation.reporting_on(day) if b.kind == "department"]
    waiting = _waiting(world, old, posts)
    for post in posts:
        if post in waiting or not heirs:
            post.posts.append((day, old + UNASSIGNED))
            continue
        target = random.choice(departments if random.random() < _TO_DEPARTMENTS else heirs)
        post.posts.append((day, target))
        world.assignments.append(Assignment(post.person, old, target, day, number))


def _waiting(world: World, old: str, posts: list[Employment]) -> list[Employment]:
    """Who stays unassigned: three of long standing, one recruit of this year, and one talent of last year, if any."""
    if not old.startswith("H") or int(old[1:4]) % 3:
        return []
    talents = {t.person: t for t in world.talents}
    year = max(since.year for post in posts for since, _ in post.posts)
    recruits = {r.person for r in world.recruitments if r.counts and r.effective_on.year == year}
    plain = [post for post in posts if post.person not in talents and post.started_on.year < year - 1]
    fresh = [post for post in posts if post.person in recruits and post.person not in talents]
    told = [post for post in posts if post.person in talents and _told_before(world, talents[post.person], old)]
    return plain[:_LEFT_OVER] + fresh[:1] + told[:1]


def _told_before(world: World, talent: Talent, old: str) -> bool:
    """Whether the body itself said all there is to say of the talent in its last own report: nobody will again."""
    newest = talent.newest_fact(OPEN)
    sending = world.sending(newest.year, old)
    return sending is not None and newest <= sending.figures_as_of
