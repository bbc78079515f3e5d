"""Who was already there: the people in service on the first day of the sample.

Lives here: the size and mix of every body. Does not live here: anybody who came later (``hiring.py``).
"""

from __future__ import annotations

from datetime import date
from random import Random

from ingestion.rehearsal.organisation import OPEN, Body
from ingestion.rehearsal.world import Employment, World

SIZES = {"department": (38, 62), "unit": (30, 45), "district": (190, 240), "commune": (2, 3)}
LARGE = {"SGDDT": (400, 440), "SYT": (450, 500)}
_MIXES: dict[str, tuple[tuple[str, int], ...]] = {
    "department": (("cong_chuc", 76), ("vien_chuc", 19), ("hop_dong", 5)),
    "unit": (("cong_chuc", 40), ("vien_chuc", 52), ("hop_dong", 8)),
    "district": (("cong_chuc", 24), ("vien_chuc", 72), ("hop_dong", 4)),
    "commune": (("can_bo_xa", 50), ("cong_chuc_xa", 50)),
    "large": (("cong_chuc", 7), ("vien_chuc", 90), ("hop_dong", 3)),
}


def fill_posts(world: World, random: Random, first_day: date) -> None:
    """Put people into every body that takes part on the first day, and two or three into every old commune of it."""
    for body in world.organisation.reporting_on(first_day):
        _fill(world, random, body, LARGE.get(body.code, SIZES[body.kind]), first_day)
        if body.kind == "district":
            for commune in world.organisation.communes_before(body.code):
                if set(world.organisation.after(commune.code, OPEN)) <= world.organisation.taking_part:
                    _fill(world, random, commune, SIZES["commune"], first_day)


def _fill(world: World, random: Random, body: Body, size: tuple[int, int], first_day: date) -> None:
    mix = _MIXES["large" if body.code in LARGE else body.kind]
    kinds, weights = [kind for kind, _ in mix], [weight for _, weight in mix]
    for _ in range(random.randint(*size)):
        person = world.population.draw(1967, 2000)
        earliest = max(person.born_on.year + 22, 1995)
        started = date(random.randint(earliest, max(first_day.year - 1, earliest)), random.randint(1, 12), 1)
        kind = random.choices(kinds, weights)[0]
        world.employments.append(Employment(person, kind, started, [(started, body.code)]))
