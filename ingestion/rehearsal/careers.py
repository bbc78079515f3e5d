"""What happens to talents afterwards: they leave, move, come back, learn.

Lives here: departures and moves (B04), courses (B05 and the training system). Does not live here: recruitment.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from expectations.reference.load import read
from ingestion.rehearsal.courses import COURSES, MASTER, SCIENCE, Course
from ingestion.rehearsal.organisation import UNASSIGNED
from ingestion.rehearsal.people import Person
from ingestion.rehearsal.talents import tells_in_time
from ingestion.rehearsal.world import Departure, Talent, Training, World

_LEAVINGS = (
    ("thoi_viec", "khu_vuc_tu"), ("chuyen_co_quan_dang", "he_thong_chinh_tri_tinh"),
    ("chuyen_ngoai_pham_vi", "ngoai_tinh"), ("cham_dut_hop_dong", "khong_ro"),
)  # fmt: skip


def let_some_leave(world: World, random: Random, year: int, leavings: int, moves: int) -> None:
    """In a year some talents leave the service for good, and some move to another body of the province."""
    for place in range(leavings + moves):
        talent, day = _who_and_when(world, random, year)
        if talent is None:
            return
        body = talent.employment.body_on(day) or ""
        if place < leavings:
            reason, kind = random.choice(_LEAVINGS[:3] if talent.employment.staff_kind != "hop_dong" else _LEAVINGS)
            talent.employment.left_on = day
            world.departures.append(
                Departure(talent.person, body, reason, day, kind, None, world.next_number("QĐ", "SNV"))
            )
        else:
            _move(world, random, talent, body, day)


def one_comes_back(world: World, random: Random, year: int) -> None:
    """One talent resigns and is back after nineteen days: a gap, no leaving."""
    talent, day = _who_and_when(world, random, year)
    if talent is not None:
        world.departures.append(
            Departure(talent.person, talent.employment.body_on(day) or "", "thoi_viec", day, "khong_ro", None,
                      world.next_number("QĐ", "SNV"), returned_on=day + timedelta(days=19))
        )  # fmt: skip


def _move(world: World, random: Random, talent: Talent, body: str, day: date) -> None:
    targets = [
        other.code for other in world.organisation.reporting_on(day)
        if other.code != body and other.kind == "department" and tells_in_time(world, other.code, day)
    ]  # fmt: skip
    if targets:
        target = random.choice(targets)
        number = world.next_number("QĐ", "SNV")
        talent.employment.posts.append((day, target))
        world.departures.append(
            Departure(talent.person, body, "chuyen_trong_pham_vi", day, "trong_pham_vi", target, number)
        )


def _who_and_when(world: World, random: Random, year: int) -> tuple[Talent | None, date]:
    """A talent whose leaving on a day of the second half of the year its body will tell of."""
    gone = {departure.person for departure in world.departures}
    for _ in range(300):
        if not world.talents:
            break
        talent, day = random.choice(world.talents), date(year, random.randint(7, 10), random.randint(2, 27))
        body = talent.employment.body_on(day - timedelta(days=1))
        known = [d for d in (talent.listed_from, talent.attraction_on, talent.recognised_on) if d is not None]
        if (
            body in world.organisation.taking_part
            and talent.person not in gone
            and max(known) < day - timedelta(days=60)
            and tells_in_time(world, body, day)
            and world.organisation.left_scope_on(body) is None
        ):
            return talent, day
    return None, date(year, 7, 2)


def train(world: World, random: Random, year: int) -> None:
    """In a year a part of the talents completes courses, in science and technology or not, and a few study on."""
    for talent in world.talents:
        if talent.listed_from.year > year:
            continue
        draw = random.random()
        if draw < 0.2:
            _complete(world, random, talent, random.choice(SCIENCE), year)
        elif draw < 0.45:
            _complete(world, random, talent, random.choice(COURSES), year)
        elif draw < 0.48:
            _study_on(world, random, talent, year)


def train_others(world: World, random: Random, year: int, people: int) -> None:
    """Courses of people who are no talents: most of what a training system holds."""
    talents = {talent.person for talent in world.talents}
    posts = [post for post in world.employments if post.person not in talents and post.body_on(date(year, 6, 1))]
    for post in random.sample(posts, k=min(people, len(posts))):
        course, done = random.choice(COURSES), date(year, random.randint(2, 10), random.randint(2, 27))
        world.trainings.append(_training(world, random, post.person, course, done))


def _complete(world: World, random: Random, talent: Talent, course: Course, year: int) -> None:
    done = date(year, random.randint(2, 12), random.randint(2, 27))
    body = talent.employment.body_on(done)
    if body is None or UNASSIGNED in body or done > world.today - timedelta(days=30):
        return
    world.trainings.append(_training(world, random, talent.person, course, done))


def _study_on(world: World, random: Random, talent: Talent, year: int) -> None:
    """A degree study that goes on."""
    if talent.employment.body_on(date(year, 10, 1)) is None or _studies(world, talent.person):
        return
    running = _training(world, random, talent.person, MASTER, date(year, 10, 1) + timedelta(days=MASTER.days))
    running.started_on, running.completed_on, running.certificate = date(year, 9, 15), None, None
    if talent.listed_from < running.started_on < world.today - timedelta(days=30):
        world.trainings.append(running)


def _studies(world: World, person: Person) -> bool:
    return any(training.person is person and training.completed_on is None for training in world.trainings)


def _training(world: World, random: Random, person: Person, course: Course, done: date) -> Training:
    science = {row["code"]: row["is_science_technology"] for row in read("training_fields")}
    return Training(
        person=person,
        course=course.name,
        code=course.code,
        kind=course.kind,
        level=course.level,
        field=course.field,
        is_st=science[course.field],
        started_on=done - timedelta(days=course.days),
        completed_on=done,
        hours=course.hours,
        institution=course.school,
        certificate=f"CC-{len(world.trainings) + 1:05d}",
        delivery=random.choice(("tap_trung", "tap_trung", "tu_xa")),
        source=random.choice(("ngan_sach_tinh", "ngan_sach_tinh", "xa_hoi_hoa", "tu_tuc")),
        record=len(world.trainings) + 1,
    )
