"""The headline figures of CT01–CT07 by plain counting: the third computation beside the SQL and the recount.

Lives here: the definitions (worked-examples.md Part A, definitions.md) over ``Facts``.
Does not live here: where the facts come from. Nothing here reads dbt_project or reporting.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from ingestion.rehearsal.facts import Facts, Recruit, Standing
from ingestion.rehearsal.organisation import UNASSIGNED, Organisation
from ingestion.rehearsal.people import Person
from ingestion.template.owed import last_on_time_day

PROVINCE = "LS"
AS_REPORTED = "as_reported"
QUARTER_END = date(2024, 3, 31)
PLANS_FROM = date(2024, 1, 1)
PROVINCE_DEADLINE = (12, 11)
_SCOPE_KINDS = frozenset({"department", "unit", "district", "commune"})

Figure = dict[str, str | int]


def figures(facts: Facts) -> list[Figure]:
    """All headline figures of all years, province and agencies, in the structure of the day and of the year's end."""
    found: list[Figure] = []
    for year in facts.years:
        end = date(year, 12, 31)
        recruits = _recruits(facts, year)
        for structure, on in ((AS_REPORTED, None), (end.isoformat(), end)):
            found += _rows("CT01", "on_time", year, structure, *_plans(facts))
            shares = _shares(facts, recruits, min(end, facts.today), on)
            found += _rows("CT02", "annual_persons", year, structure, *shares)
            found += _rows("CT03", "tu_2030", year, structure, *shares)
            found += _rows("CT04", "strict", year, structure, *_stayed(facts, year))
            found += _rows("CT05", "reading_a", year, structure, *_trained(facts, min(end, facts.today)))
            found += _rows("CT06", "arrived_and_taken", year, structure, *_reported(facts, year))
            found += _rows("CT07", "signed", year, structure, *_signed(facts, year))
    return found


def _rows(
    indicator: str, reading: str, year: int, structure: str, over: Counter[str], under: Counter[str]
) -> list[Figure]:
    assert set(over) <= set(under)
    codes = [PROVINCE, *sorted(set(under) - {PROVINCE})]
    under[PROVINCE] = under[PROVINCE] or sum(under.values())
    over[PROVINCE] = over[PROVINCE] or sum(over.values())
    return [
        {
            "indicator_code": indicator,
            "reading": reading,
            "reporting_year": year,
            "period_code": "KY_LICH",
            "agency_code": code,
            "structure_on": structure,
            "numerator": over[code],
            "denominator": under[code],
        }
        for code in codes
    ]


def _plans(facts: Facts) -> tuple[Counter[str], Counter[str]]:
    roster = [body.code for body in facts.organisation.reporting_on(QUARTER_END)]
    issued = {body for body, day in facts.plans if PLANS_FROM <= day <= QUARTER_END}
    return Counter(code for code in roster if code in issued), Counter(roster)


def _recruits(facts: Facts, year: int) -> list[Recruit]:
    """One decision a person: the latest of the year at a body in scope."""
    latest: dict[Person, Recruit] = {}
    for recruit in facts.recruits:
        body = facts.organisation.bodies[recruit.body]
        if recruit.effective_on.year != year or recruit.effective_on > facts.today:
            continue
        if not (body.in_scope and body.kind in _SCOPE_KINDS and body.exists_on(recruit.effective_on)):
            continue
        before = latest.get(recruit.person)
        if before is None or _rank(recruit) > _rank(before):
            latest[recruit.person] = recruit
    return list(latest.values())


def _rank(recruit: Recruit) -> tuple[date, date, tuple[str, int]]:
    return recruit.effective_on, recruit.decided_on, recruit.order


def _shares(facts: Facts, recruits: list[Recruit], until: date, on: date | None) -> tuple[Counter[str], Counter[str]]:
    over: Counter[str] = Counter()
    under: Counter[str] = Counter()
    for recruit in recruits:
        if on is None:
            row = rolled_up(facts.organisation, recruit.body, recruit.effective_on)
        else:
            row = rolled_up(facts.organisation, carried(facts, recruit.person, recruit.body, on), on)
        under[row] += 1
        standing = facts.standings.get(recruit.person)
        over[row] += standing is not None and standing.decided_on is not None and standing.decided_on <= until
    return over, under


def _stayed(facts: Facts, year: int) -> tuple[Counter[str], Counter[str]]:
    """Nobody is due before the fifth anniversary of the first talents of the plan."""
    over: Counter[str] = Counter()
    under: Counter[str] = Counter()
    for standing in facts.standings.values():
        clock = standing.clock
        if standing.decided_on is None or clock is None or clock < PLANS_FROM or clock.year + 5 != year:
            continue
        day = _anniversary(clock)
        row = rolled_up(facts.organisation, facts.employer(standing.person, day) or PROVINCE, day)
        under[row] += 1
        over[row] += facts.in_service(standing.person, day)
    return over, under


def _anniversary(clock: date) -> date:
    return clock.replace(year=clock.year + 5, day=28 if (clock.month, clock.day) == (2, 29) else clock.day)


def _trained(facts: Facts, on: date) -> tuple[Counter[str], Counter[str]]:
    over: Counter[str] = Counter()
    under: Counter[str] = Counter()
    for standing in facts.standings.values():
        row = _stock_row(facts, standing, on)
        if row is None:
            continue
        under[row] += 1
        clock = standing.clock or on
        over[row] += any(clock <= done <= on for done in facts.science_courses.get(standing.person, []))
    return over, under


def _stock_row(facts: Facts, standing: Standing, on: date) -> str | None:
    """The row in which a decided talent stands on a day; None when not in service at a body in scope."""
    if standing.decided_on is None or standing.decided_on > on or standing.clock is None or standing.clock > on:
        return None
    body = facts.employer(standing.person, on)
    if body is None or not facts.in_service(standing.person, on):
        return None
    if UNASSIGNED in body:
        return body
    where = facts.organisation.bodies[body]
    if not (where.in_scope and where.kind in _SCOPE_KINDS and where.exists_on(on)):
        return None
    return rolled_up(facts.organisation, body, on)


def _reported(facts: Facts, year: int) -> tuple[Counter[str], Counter[str]]:
    owing = [body.code for body in facts.organisation.reporting_on(last_on_time_day(year))]
    return Counter(code for code in owing if (year, code) in facts.on_time), Counter(owing)


def _signed(facts: Facts, year: int) -> tuple[Counter[str], Counter[str]]:
    day = facts.signed.get(year)
    return Counter({PROVINCE: int(day is not None and day <= date(year, *PROVINCE_DEADLINE))}), Counter({PROVINCE: 1})


def carried(facts: Facts, person: Person, body: str, on: date) -> str:
    """The body (or ``…#chua_phan_bo``) in which what belonged to a body stands on a later day, for one person."""
    while UNASSIGNED not in body and not facts.organisation.bodies[body].exists_on(on):
        decided = [new for day, old, new in facts.assignments.get(person, []) if old == body and day <= on]
        after = decided or facts.organisation.after(body, on)
        if not after:
            return body
        body = after[0] if len(after) == 1 else body + UNASSIGNED
    return body


def rolled_up(organisation: Organisation, body: str, on: date) -> str:
    """The nearest body at or above this one that reports on the day; unassigned rows and the top stay what they are."""
    code = body
    while code in organisation.bodies:
        here = organisation.bodies[code]
        if code in organisation.taking_part and here.exists_on(on):
            return code
        code = here.parent
    return body
