"""Who owes a form workbook for a year, and what is asked in it: dated rows of obligations, tasks and owners.

Lives here: reading ``obligations.csv``, ``tasks.csv``, ``task_owners.csv`` for one agency and year.
Does not live here: the lists themselves, or whether anything was sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from expectations.contracts.load import all_contracts
from expectations.reference.load import Row, read, valid_on


@dataclass(frozen=True)
class Sender:
    """An agency that owes the report of a year: its unique code, the code and name as it writes them, its kind."""

    agency_code: str
    official_code: str
    name: str
    kind: str


class NoSuchYear(ValueError):
    """A reporting year that the calendar does not know."""


def last_on_time_day(year: int, overlay: Path | None = None) -> date:
    """The last day on which the report of a year is on time. Raises NoSuchYear."""
    for row in _rows("reporting_calendar", overlay):
        if row["reporting_year"] == str(year):
            return date.fromisoformat(row["last_on_time_on"])
    raise NoSuchYear(f"reporting_calendar.csv has no year {year}")


def province_name(overlay: Path | None = None) -> str:
    """The name of the body that the reporting agencies belong to."""
    return next(row["name_vi"] for row in _rows("agencies", overlay) if row["kind"] == "province")


def senders(year: int, overlay: Path | None = None) -> list[Sender]:
    """The agencies that owe the report of a year, in the order of the registry: those of the last on-time day."""
    day = last_on_time_day(year, overlay)
    found = [
        row
        for row in _rows("agencies", overlay)
        if row["is_reporting"] == "yes" and valid_on(row, day) and _obligations(row, day, overlay, "cover")
    ]
    found.sort(key=lambda row: int(row["sort_order"]))
    return [Sender(row["agency_code"], row["official_code"], row["name_vi"], row["kind"]) for row in found]


def owed_forms(sender: Sender, year: int, overlay: Path | None = None) -> list[str]:
    """The codes of the forms that this agency owes for the year (without the cover), in the order of the workbook."""
    day = last_on_time_day(year, overlay)
    agency = _agency(sender.agency_code, overlay)
    owed = {row["form"] for row in _obligations(agency, day, overlay)}
    return [contract.code for contract in all_contracts() if contract.code in owed]


def asked_tasks(sender: Sender, year: int, overlay: Path | None = None) -> list[str]:
    """The task codes that this agency reports on in B07: those asked of its kind, and those it owns on the day."""
    day = last_on_time_day(year, overlay)
    agency = _agency(sender.agency_code, overlay)
    asked = {code for row in _obligations(agency, day, overlay, "B07") for code in row["task_codes"].split(";") if code}
    for row in _rows("task_owners", overlay):
        if valid_on(row, day) and _is_about(row, agency):
            asked.add(row["task_code"])
    return [row["task_code"] for row in _rows("tasks", overlay) if row["task_code"] in asked]


def asked_outputs(sender: Sender, year: int, overlay: Path | None = None) -> list[tuple[str, str]]:
    """The (task, output) codes that stand on B07b for this agency."""
    day = last_on_time_day(year, overlay)
    agency = _agency(sender.agency_code, overlay)
    tasks = {code for row in _obligations(agency, day, overlay, "B07b") for code in row["task_codes"].split(";")}
    return [(r["task_code"], r["output_code"]) for r in _rows("task_outputs", overlay) if r["task_code"] in tasks]


def _obligations(agency: Row, day: date, overlay: Path | None, form: str | None = None) -> list[Row]:
    return [
        row
        for row in _rows("obligations", overlay)
        if (form == row["form"] or (form is None and row["form"] != "cover"))
        and valid_on(row, day)
        and _is_about(row, agency)
    ]


def _is_about(row: Row, agency: Row) -> bool:
    if row["agency_code"]:
        return row["agency_code"] == agency["agency_code"]
    return row["applies_to_kind"] == agency["kind"]


def _agency(code: str, overlay: Path | None) -> Row:
    return next(row for row in _rows("agencies", overlay) if row["agency_code"] == code)


@cache
def _read(name: str, overlay: Path | None, _stamp: tuple[int, ...]) -> list[Row]:
    return read(name, overlay)


def _rows(name: str, overlay: Path | None) -> list[Row]:
    """The rows of a list; read once, again when one of the overlay's files that it is made of changes."""
    files = (f"{name}.csv", f"{name}.add.csv", "reference_edits.add.csv")
    own = [overlay / file for file in files] if overlay is not None else []
    return _read(name, overlay, tuple(path.stat().st_mtime_ns if path.is_file() else 0 for path in own))
