"""Printed numbers that are no indicators: the report models beside an independent count of them.

Lives here: which models are compared, by which key and columns. Does not live here: the count (``reporting.recount``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

_MODELS = {
    "nominations": ("nomination_source", ("proposed", "accepted", "refused", "pending")),
    "commendations": ("commendation_kind", ("collectives", "persons")),
    "violations": ("behaviour_code", ("received", "handled")),
    "communications": ("channel", ("news_items", "columns_count", "model_cases")),
    "talent_networks": ("criterion || '/' || category_code", ("people", "contacted")),
    "policy_grants": ("measure", ("cases", "amount")),
    "supervision": ("reporting_year", ("reminders", "agencies_inspected", "findings", "remedied")),
}


def differing(connection: Any, again: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Yield (place, counted again, printed) where the two differ; a number that is unknown or absent counts 0.

    Args:
        connection: an open DuckDB connection to a build.
        again: rows {table, row, column, count} of the independent count.
    """
    counted = {(row["table"], row["row"], row["column"]): Decimal(row["count"]) for row in again}
    for table, (key, columns) in _MODELS.items():
        query = f"SELECT cast({key} AS VARCHAR), {', '.join(columns)} FROM reports.rpt_annual__{table} ORDER BY 1"
        for row, *numbers in connection.execute(query).fetchall():
            for column, number in zip(columns, numbers, strict=True):
                own, built = counted.pop((table, row, column), Decimal(0)), Decimal(number or 0)
                if own != built:
                    yield f"{table}/{row}/{column}", own, built
    for place, own in sorted(counted.items()):
        if own:
            yield "/".join(place), own, Decimal(0)
