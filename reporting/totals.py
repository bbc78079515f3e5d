"""Total rows that the report models leave to the printed table: sums over whole columns, before anything is withheld.

Does not live here: totals that cannot be summed (persons over training fields have theirs in the model).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reporting.warehouse import Report, Row, Rows

ALL = "ALL"
_WHOLE = "sex"  # a criterion in which every talent stands exactly once
_FLOWS = ("opening", "attracted", "recognised", "left_count", "closing")
_AFFAIRS = {
    "nominations": ("nomination_source", ("proposed", "accepted", "refused", "pending")),
    "commendations": ("commendation_kind", ("collectives", "persons")),
    "violations": ("behaviour_code", ("received", "handled")),
    "communications": ("channel", ("news_items", "columns_count", "model_cases")),
}
_QUALITY = ("rules", "rows_checked", "errors", "queries", "explained", "open_queries", "rows_rejected")


def with_totals(report: Report) -> Report:
    """The report with a first row ALL in talents, departures, data quality and annex IX, where the model has none."""
    whole = [row for row in report.talents_in_service if row["criterion"] == _WHOLE]
    talents: Row = {"criterion": ALL, "category_code": ALL} | {name: sum(row[name] for row in whole) for name in _FLOWS}
    leavers: Row = {"exit_reason": ALL, "persons": sum(row["persons"] for row in report.departures)}
    checked: Row = {"rule_group": ALL} | {name: sum(row[name] or 0 for row in report.data_quality) for name in _QUALITY}
    affairs: Any = {name: _with_first(getattr(report, name), *each) for name, each in _AFFAIRS.items()}
    return replace(
        report,
        talents_in_service=(talents, *report.talents_in_service) if whole else report.talents_in_service,
        departures=(leavers, *report.departures) if report.departures else (),
        data_quality=(checked, *report.data_quality) if report.data_quality else (),
        **affairs,
    )


def total_of(rows: Rows, key: str) -> Row | None:
    """The total row of a table, None where it has none."""
    return next((row for row in rows if row[key] == ALL), None)


def _with_first(rows: Rows, key: str, sums: tuple[str, ...]) -> Rows:
    """The rows below their total; what nobody told has no total either."""
    total: Row = {key: ALL, "label_vi": "Tổng số"} | {name: _sum([row[name] for row in rows]) for name in sums}
    return (total, *rows) if rows else ()


def _sum(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
