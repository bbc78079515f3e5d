"""CT04: recognised talents still working on the fifth anniversary (headline: strict).

Lives here: the cohort, who is due in a year, who is censored, who stayed. Does not live here: other readings, curves.
"""

import calendar
from datetime import date

from reporting.recount.evidence import PERIOD, Evidence
from reporting.recount.figures import AS_REPORTED, Counted, Figure, figures_of
from reporting.recount.people import Listing, People, Person


def still_working(evidence: Evidence, people: People, year: int) -> list[Figure]:
    """Return the figures of CT04 `strict` of a year: n and N are persons."""
    end = date(year, 12, 31)
    months = int(evidence.parameter("ct04_horizon_months", year) or 60)
    members = []
    for key, person in people.talents():
        for listing in person.listings.values():
            clock = listing.clock
            if clock is None or not _in_cohort(evidence, listing, clock, year):
                continue
            anniversary = months_later(clock, months)
            if anniversary.year != year or anniversary > min(end, evidence.known_on):
                continue
            body = people.employer(key, anniversary)
            if _censored(evidence, person, listing, body, anniversary, year):
                continue
            members.append(
                Counted(
                    people.structures.places(year, key, people.told_by(key, min(end, evidence.known_on)), anniversary),
                    hit=_stayed(evidence, person, clock, anniversary, year),
                )
            )
    rosters = {AS_REPORTED: evidence.registry.reporting_on(end), **people.structures.rosters(year)}
    return figures_of("CT04", "strict", year, PERIOD, members, rosters)


def months_later(start: date, months: int) -> date:
    """Return the same day `months` later; a day the month does not have becomes its last (29/02 → 28/02)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _in_cohort(evidence: Evidence, listing: Listing, clock: date, year: int) -> bool:
    made = [on for on in listing.decisions(evidence) if on <= evidence.known_on]
    if not made or clock < date.fromisoformat(evidence.parameter("ct04_cohorts_from", year)):
        return False
    wait = evidence.parameter("ct04_max_wait_months", year)
    return listing.route != "thu_hut" or not wait or made[0] <= months_later(clock, int(wait))


def _censored(evidence: Evidence, person: Person, listing: Listing, body: str, anniversary: date, year: int) -> bool:
    """Tell whether the employer left the scope, or the recognition was withdrawn, while the person was in service."""
    longest = int(evidence.parameter("ct04_max_gap_days", year) or 0)
    clock = listing.clock or date.min
    broken = [g.out_on for g in person.leavings if clock < g.out_on <= anniversary and g.breaks(longest)]
    first_break = min(broken, default=date.max)
    out_of_scope = evidence.registry.left_scope_on(body)
    if out_of_scope and date.fromisoformat(out_of_scope) <= min(anniversary, first_break):
        return True
    withdrawn = listing.withdrawn_on
    if withdrawn is None or withdrawn > min(anniversary, first_break, evidence.known_on):
        return False
    grace = months_later(withdrawn, int(evidence.parameter("ct04_withdrawal_months", year) or 12))
    return not any(withdrawn <= gone.out_on <= grace for gone in person.leavings)


def _stayed(evidence: Evidence, person: Person, clock: date, anniversary: date, year: int) -> bool:
    """Tell whether the person serves on the anniversary, without a longer break before it."""
    longest = int(evidence.parameter("ct04_max_gap_days", year) or 0)
    broke = any(clock < gone.out_on <= anniversary and gone.breaks(longest) for gone in person.leavings)
    return not broke and person.in_service(clock, anniversary)
