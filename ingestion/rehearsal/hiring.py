"""New recruits and what stands beside them in a register: contracts, transfers, cancelled decisions.

Lives here: recruitment decisions of one span of time in which no body begins or ends.
Does not live here: which of the recruits are talents (``talents.py``), the register files (``registers.py``).
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from ingestion.rehearsal.organisation import OPEN, Body
from ingestion.rehearsal.people import Person
from ingestion.rehearsal.world import Employment, Recruitment, World

RATES = {"department": 4.6, "unit": 2.0, "district": 15.0, "commune": 2.6}
LARGE = {"SGDDT": 84.0, "SYT": 66.0}
OWN_DECIDERS = ("SGDDT",)
_POSITIONS = {
    "SGDDT": ("Giáo viên trung học phổ thông", "Giáo viên giáo dục thường xuyên", "Nhân viên thiết bị, thí nghiệm"),
    "SYT": ("Bác sĩ", "Điều dưỡng", "Dược sĩ", "Kỹ thuật viên xét nghiệm"),
    "district": ("Giáo viên mầm non", "Giáo viên tiểu học", "Giáo viên trung học cơ sở", "Viên chức trung tâm"),
    "commune": ("Giáo viên tiểu học", "Giáo viên mầm non", "Viên chức trung tâm phục vụ hành chính công"),
    "department": ("Viên chức trung tâm", "Viên chức kỹ thuật", "Viên chức ban quản lý dự án"),
    "unit": ("Phóng viên", "Viên chức kỹ thuật", "Viên chức ban quản lý"),
}


def hire(world: World, random: Random, since: date, until: date) -> list[tuple[Recruitment, Employment | None]]:
    """Recruit in every body for the days since ≤ day < until; return the decisions with the posts that came of them."""
    hired = []
    for body in world.organisation.reporting_on(since):
        expected = LARGE.get(body.code, RATES[body.kind]) * (until - since).days / 365
        for _ in range(int(expected) + (random.random() < expected % 1)):
            hired.append(_decide(world, random, body, since, until))
    hired += _in_old_communes(world, random, since, until)
    _recruit_again(world, random, since, until)
    _transfer(world, random, since, until)
    return hired


def decider_of(body: str) -> str:
    """Who decides for a body, as official code: some big ones themselves, Sở Nội vụ for all others."""
    return body if body in OWN_DECIDERS else "SNV"


def _decide(
    world: World, random: Random, body: Body, since: date, until: date
) -> tuple[Recruitment, Employment | None]:
    person = world.population.draw(1991, 2001)
    kind, form = _kind_and_form(random, body)
    effective = _a_day(random, since, until)
    decision = Recruitment(
        person=person,
        number="",
        decided_on=effective - timedelta(days=random.randint(4, 25)),
        effective_on=effective,
        body=body.code,
        decider=decider_of(body.code),
        unit_code=_unit(random, body),
        position=_position(random, body, kind),
        staff_kind=kind,
        form=form,
        first_time=form != "TN" and random.random() < 0.85,
        status=random.choices(("hieu_luc", "huy", "khong_nhan_viec"), (96, 2, 2))[0],
    )
    decision.number = world.next_number("QĐ", decision.decider)
    world.recruitments.append(decision)
    if decision.status != "hieu_luc":
        return decision, None
    employment = Employment(person, kind, effective, [(effective, body.code)], unit_code=decision.unit_code)
    world.employments.append(employment)
    return decision, employment


def _kind_and_form(random: Random, body: Body) -> tuple[str, str]:
    if random.random() < 0.07:
        return "hop_dong", "HD"
    servant = (
        0.06 if body.code in LARGE else {"department": 0.6, "unit": 0.3, "district": 0.2, "commune": 0.4}[body.kind]
    )
    if random.random() < servant:
        return "cong_chuc", random.choices(("TT", "XT", "TN"), (70, 10, 20))[0]
    return "vien_chuc", random.choices(("XT", "TT", "TN"), (78, 12, 10))[0]


def _position(random: Random, body: Body, kind: str) -> str:
    if kind == "cong_chuc":
        return "Chuyên viên"
    return random.choice(_POSITIONS.get(body.code, _POSITIONS[body.kind]))


def _unit(random: Random, body: Body) -> str | None:
    if body.code == "SGDDT":
        return f"THPT-{random.randint(1, 27):02d}"
    if body.code == "SYT":
        return f"YT-{random.randint(1, 14):02d}"
    return f"TR-{body.official_code}-{random.randint(1, 9)}" if body.kind in ("district", "commune") else None


def _a_day(random: Random, since: date, until: date) -> date:
    """A day of the span, but never the first: nobody in this world is recruited on the day of a reorganisation."""
    school = date(since.year, 9, 5)
    if since < school < until and random.random() < 0.3:
        return school
    return since + timedelta(days=random.randint(1, (until - since).days - 1))


def _in_old_communes(
    world: World, random: Random, since: date, until: date
) -> list[tuple[Recruitment, Employment | None]]:
    """Commune officials (not counted before 01/07/2025) and now and then an employee of an old commune (counted)."""
    hired = []
    for district in (body for body in world.organisation.reporting_on(since) if body.kind == "district"):
        communes = [
            body
            for body in world.organisation.communes_before(district.code)
            if set(world.organisation.after(body.code, OPEN)) <= world.organisation.taking_part
        ]
        if not communes or random.random() > (until - since).days / 365:
            continue
        decision, employment = _decide(world, random, random.choice(communes), since, until)
        official = random.random() < 0.7
        decision.staff_kind = "cong_chuc_xa" if official else "vien_chuc"
        decision.form, decision.position = ("TT", "Công chức cấp xã") if official else ("XT", "Viên chức")
        decision.unit_code = None
        if employment is not None:
            employment.staff_kind = decision.staff_kind
        hired.append((decision, employment))
    return hired


def _recruit_again(world: World, random: Random, since: date, until: date) -> None:
    """A few people who were recruited earlier in the year pass another body's selection: one person, two decisions."""
    talents = {talent.person for talent in world.talents}
    earlier = [
        r for r in world.recruitments
        if r.counts and date(since.year, 1, 1) <= r.effective_on < since and r.staff_kind == "vien_chuc"
        and r.person not in talents
    ]  # fmt: skip
    targets = [body for body in world.organisation.reporting_on(since) if body.kind == "department"]
    for first in random.sample(earlier, k=min(2, len(earlier))):
        body = random.choice(targets)
        post = _employment(world, first.person)
        if body.code == first.body or post is None:
            continue
        effective = _a_day(random, since, until)
        number = world.next_number("QĐ", decider_of(body.code))
        world.recruitments.append(
            Recruitment(first.person, number, effective - timedelta(days=9), effective, body.code,
                        decider_of(body.code), None, "Viên chức kỹ thuật", "vien_chuc", "XT", first_time=False)
        )  # fmt: skip
        post.posts.append((effective, body.code))


def _transfer(world: World, random: Random, since: date, until: date) -> None:
    """Moves between bodies by order: in the register, but no recruitment."""
    bodies = [b for b in world.organisation.reporting_on(since) if b.kind in ("department", "district")]
    talents = {talent.person for talent in world.talents}
    staff = [
        post for post in world.employments
        if post.staff_kind == "cong_chuc" and post.started_on.year < since.year and post.person not in talents
    ]  # fmt: skip
    for post in random.sample(staff, k=min(len(staff), 1 + (until - since).days // 50)):
        body, effective = random.choice(bodies), _a_day(random, since, until)
        before = post.body_on(effective)
        if before is None or before == body.code or post.posts[-1][0] >= since:
            continue
        form = random.choice(("DD", "LC", "BP"))
        world.recruitments.append(
            Recruitment(post.person, world.next_number("QĐ", "SNV"), effective - timedelta(days=6), effective,
                        body.code, "SNV", None, "Chuyên viên", "cong_chuc", form, False)
        )  # fmt: skip
        if form != "BP":
            post.posts.append((effective, body.code))


def _employment(world: World, person: Person) -> Employment | None:
    return next((post for post in world.employments if post.person is person), None)
