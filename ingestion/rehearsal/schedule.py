"""When the reports of a year arrive: most in time, some in the last second, some late, of the running year half.

Lives here: one ``Sending`` for every agency that reports. Does not live here: what is in the report.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from ingestion.rehearsal.organisation import Body
from ingestion.rehearsal.world import Sending, World
from ingestion.template.owed import last_on_time_day

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CHANNELS = ("trục liên thông văn bản", "trục liên thông văn bản", "thư điện tử", "nộp trực tiếp")
_LATE_SHARE = 0.13
_SHARE_OF_RUNNING_YEAR = 0.5


def plan_sendings(world: World, random: Random, year: int) -> None:
    """Decide for every body that owes the report of a year when and how it arrives; in a running year for half."""
    last = last_on_time_day(year)
    bodies = world.organisation.reporting_on(last)
    if last > world.today:
        bodies = [body for body in bodies if random.random() < _SHARE_OF_RUNNING_YEAR] or bodies[:1]
        for body in bodies:
            _send(world, random, body, year, _early(random, world.today))
        return
    edges = random.sample(bodies, k=min(3, len(bodies)))
    for body in bodies:
        if body in edges:
            arrival = _edge(last, edges.index(body))
        elif random.random() < _LATE_SHARE:
            arrival = _at(random, last + timedelta(days=random.randint(1, 10)))
        else:
            arrival = _at(random, last - timedelta(days=random.randint(0, 11)))
        _send(world, random, body, year, arrival)


def _send(world: World, random: Random, body: Body, year: int, arrives_at: datetime) -> None:
    written = min(arrives_at.date() - timedelta(days=random.randint(0, 3)), date(year, 12, 5))
    closed = written - timedelta(days=random.randint(2, 9))
    closed = max(closed, date(year, 11, 1)) if written > date(year, 11, 1) else closed
    world.sendings[year, body.code] = Sending(
        year=year,
        body=body.code,
        figures_as_of=min(closed, date(year, 11, 20)),
        document_number=world.next_number("BC", sign_of(body)),
        document_date=written,
        arrives_at=arrives_at,
        channel=random.choice(CHANNELS),
    )


def sign_of(body: Body) -> str:
    """The sign of a body in the numbers of its papers: UBND for districts and communes."""
    return body.official_code if body.kind in ("department", "unit") else "UBND"


def _edge(last: date, place: int) -> datetime:
    """One second before midnight; half an hour after it; the morning after the deadline."""
    return (
        datetime.combine(last, time(23, 59, 59), ZONE),
        datetime.combine(last + timedelta(days=1), time(0, 30), ZONE),
        datetime.combine(last + timedelta(days=1), time(9, 15), ZONE),
    )[place]


def _early(random: Random, today: date) -> datetime:
    return _at(random, today - timedelta(days=random.randint(1, 18)))


def _at(random: Random, day: date) -> datetime:
    return datetime.combine(day, time(random.randint(7, 17), random.randint(0, 59), random.randint(0, 59)), ZONE)
