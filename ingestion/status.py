"""Who owes what by when, and who has sent what with which outcome, as known on a day.

Lives here: the season's state from the accepted submissions and the reference lists, and the counts of gate 1.
Does not live here: what CT06 makes of it (the warehouse), or any writing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from expectations.home import Home
from ingestion.template.owed import last_on_time_day, owed_forms, senders

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class AgencyStatus:
    """One agency that owes the year: forms owed, outcome of its newest file, when it was first taken, whether in time.

    ``received_at`` is the arrival of its first file that was not rejected, else of its newest file; ISO with offset.
    ``on_time`` is None while nothing was accepted and the last on-time day has not passed.
    """

    agency_code: str
    name: str
    owed: tuple[str, ...]
    outcome: str | None
    received_at: str | None
    on_time: bool | None


@dataclass(frozen=True)
class YearStatus:
    """The state of a reporting year on a day."""

    year: int
    on: date
    last_on_time_on: date
    agencies: tuple[AgencyStatus, ...]

    @property
    def counts(self) -> dict[str, int]:
        """owed, received (any outcome), accepted (not rejected), on_time: numbers of agencies."""
        return {
            "owed": len(self.agencies),
            "received": sum(agency.outcome is not None for agency in self.agencies),
            "accepted": sum(agency.outcome not in (None, "rejected") for agency in self.agencies),
            "on_time": sum(agency.on_time is True for agency in self.agencies),
        }


def year_status(home: Home, year: int, on: date) -> YearStatus:
    """The state of ``year`` at the end of the day ``on`` (Asia/Ho_Chi_Minh); NoSuchYear when the calendar has none."""
    overlay = home.reference if home.reference.is_dir() else None
    last_day = last_on_time_day(year, overlay)
    until = datetime.combine(on + timedelta(days=1), time.min, ZONE)
    sent: dict[str, list[dict[str, Any]]] = {}
    for row in submissions(home, year):
        if row["kind"] == "workbook" and row["received_at"] < until:
            sent.setdefault(row["agency_code"], []).append(row)
    agencies = tuple(
        _agency(sender.agency_code, sender.name, owed_forms(sender, year, overlay), sent, last_day, on)
        for sender in senders(year, overlay)
    )
    return YearStatus(year, on, last_day, agencies)


def submissions(home: Home, year: int) -> list[dict[str, Any]]:
    """The rows of ``accepted/submissions`` of a year in the order of arrival; none when nothing was collected."""
    return _rows(home, "submissions", year, "received_at, submission_id")


def gate_counts(home: Home, year: int) -> dict[str, dict[str, int]]:
    """What gate 1 said, by ``workbooks`` and ``registers``: files, outcomes, findings by severity, and by rule."""
    kinds = {row["submission_id"]: _kind(row) for row in submissions(home, year)}
    counts: dict[str, Counter[str]] = {"workbooks": Counter(), "registers": Counter()}
    for row in submissions(home, year):
        counts[_kind(row)].update(["files", row["outcome"]])
        for severity in ("blockers", "errors", "queries", "notes"):
            counts[_kind(row)][severity] += row[severity]
    for finding in _rows(home, "findings", year, "rule"):
        counts[kinds[finding["submission_id"]]][f"rule {finding['rule']}"] += 1
    return {kind: dict(counted) for kind, counted in counts.items()}


def _kind(submission: dict[str, Any]) -> str:
    return "workbooks" if submission["kind"] == "workbook" else "registers"


def _agency(
    code: str, name: str, owed: list[str], sent: dict[str, list[dict[str, Any]]], last_day: date, on: date
) -> AgencyStatus:
    files = sent.get(code, [])
    taken = [row for row in files if row["outcome"] != "rejected"]
    if not files:
        return AgencyStatus(code, name, tuple(owed), None, None, None if on <= last_day else False)
    counting = [row for row in taken if row["superseded_at"] is None]
    first, newest = (taken or files[-1:])[0], (counting or taken or files)[-1]
    arrived = first["received_at"].astimezone(ZONE)
    on_time = arrived.date() <= last_day if taken else (None if on <= last_day else False)
    return AgencyStatus(code, name, tuple(owed), newest["outcome"], arrived.isoformat(), on_time)


def _rows(home: Home, dataset: str, year: int, order: str) -> list[dict[str, Any]]:
    import duckdb

    path = home.accepted(dataset, year)
    if not path.is_file():
        return []
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'Asia/Ho_Chi_Minh'")
        relation = connection.execute(f"SELECT * FROM read_parquet(?) ORDER BY {order}", [str(path)])
        names = [column[0] for column in relation.description]
        return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]
