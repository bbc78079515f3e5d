"""CT01, CT06, CT07: own plan in time, report in time, the province's report in time.

Lives here: rosters by obligation and day, what counts as done in time. Does not live here: other readings, who is told.
"""

from datetime import date, datetime
from typing import Any

from expectations.reference.load import valid_on
from reporting.recount.evidence import PERIOD, Evidence, day, day_of, records, text
from reporting.recount.figures import AS_REPORTED, PROVINCE, Counted, Figure, figures_of

ROSTER_DAY = date(2024, 3, 31)
PLAN_YEAR_BEGINS = date(2024, 1, 1)
PLAN_KINDS = {"", "ke_hoach", "quyet_dinh"}


def owing(evidence: Evidence, form: str, on: date) -> list[str]:
    """Return the reporting bodies that owe a form on a day, by their kind or by name."""
    duties = [row for row in evidence.lists["obligations"] if row["form"] == form and valid_on(row, on)]
    kinds = {row["applies_to_kind"] for row in duties if row["applies_to_kind"]}
    named = {row["agency_code"] for row in duties if row["agency_code"]}
    bodies = evidence.registry.bodies
    return [code for code in evidence.registry.reporting_on(on) if code in named or bodies[code]["kind"] in kinds]


def _agency_figures(evidence: Evidence, indicator: str, reading: str, year: int, done: dict[str, bool]) -> list[Figure]:
    rosters: dict[str, Any] = {AS_REPORTED: [], f"{year}-12-31": []}
    members = [Counted(dict.fromkeys(rosters, agency), hit) for agency, hit in done.items()]
    return figures_of(indicator, reading, year, PERIOD, members, rosters)


def plans_issued(evidence: Evidence, year: int) -> list[Figure]:
    """Return the figures of CT01 `on_time`: agencies of the frozen roster with a plan issued by 31/03/2024."""
    _, as_of = evidence.period(year)
    in_time = {
        row["agency_code"]
        for row in records(evidence.rows("plans"))
        if text(row["plan_number"]).strip()
        and text(row["document_kind"]) in PLAN_KINDS
        and PLAN_YEAR_BEGINS <= (day(row["issued_on"]) or date.max) <= min(ROSTER_DAY, as_of)
    }
    roster = owing(evidence, "B01", ROSTER_DAY)
    return _agency_figures(evidence, "CT01", "on_time", year, {agency: agency in in_time for agency in roster})


def reported_on_time(evidence: Evidence, year: int) -> list[Figure]:
    """Return the figures of CT06 `arrived_and_taken`: agencies with a submission in time that was not rejected."""
    last_day = evidence.calendar_day(year, "last_on_time_on")
    in_time = {
        row["agency_code"]
        for row in records(evidence.rows("submissions", current=False))
        if row["kind"] == "workbook"
        and row["reporting_year"] == year
        and row["outcome"] != "rejected"
        and day_of(row["received_at"]) <= last_day
    }
    roster = owing(evidence, "cover", last_day)
    return _agency_figures(evidence, "CT06", "arrived_and_taken", year, {code: code in in_time for code in roster})


def province_on_time(evidence: Evidence, year: int) -> list[Figure]:
    """Return the figures of CT07 `signed`: 1 of 1 when signed in time; the reporting year's own is never judged."""
    last_day = evidence.calendar_day(year, "province_last_on_time_on")
    signed = year != evidence.reporting_year and any(
        step["event"] == "signed"
        and int(step["reporting_year"]) == year
        and _happened(step["happened_on"]) <= last_day
        and _happened(step["happened_on"]) <= evidence.known_on
        and _recorded(step, evidence)
        for step in evidence.province_steps
    )
    structures = (AS_REPORTED, f"{year}-12-31")
    return [Figure("CT07", "signed", year, PERIOD, PROVINCE, on, int(signed), 1) for on in structures]


def _happened(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _recorded(step: Any, evidence: Evidence) -> bool:
    at = step.get("recorded_at")
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return moment is None or moment <= evidence.known_at
