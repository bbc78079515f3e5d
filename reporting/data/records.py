"""The rows of a public table: exact values of the report model where the printed cell shows one, else its sign.

``c`` withheld, ``...`` not collected, ``x`` not applicable, ``cđh`` not due, ``ktđ`` nothing to compute from (printed
``-``): the value is empty and the sign stands in ``<name>_status``. A printed ``-`` for a true nought is the value 0.
Does not live here: how rows become files (``files``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reporting import numbers
from reporting.data.resources import STATUS, Field, Resource
from reporting.disclosure import HIDDEN, UnreviewedTable
from reporting.tables.model import SECTION, Cell, Row
from reporting.tables.registry import TABLES
from reporting.warehouse import AS_REPORTED, Report
from reporting.warehouse import Row as ModelRow

_IN_PLACE = (numbers.WITHHELD, numbers.NOT_COLLECTED, numbers.NOT_APPLICABLE, numbers.NOT_DUE)
UNCOMPUTABLE = "ktđ"  # in files; a sign that begins with - would look like a formula
Record = dict[str, Any]


def records(report: Report, resource: Resource) -> list[Record]:
    """The rows of ``resource`` from a report that may be published; keys are its columns.

    Raises UnreviewedTable for a model without a disclosure record, and for a withheld value in a field that no printed
    cell guards.
    """
    resource.disclosure  # noqa: B018 - it raises
    pairs = zip(_model_rows(report, resource), _printed_rows(report, resource), strict=True)
    return [_record(resource, row, printed) for row, printed in pairs]


def _model_rows(report: Report, resource: Resource) -> list[ModelRow]:
    rows = getattr(report, resource.model)
    if len(resource.printed) == 1:
        return list(rows)
    before = [row for row in rows if row["structure_on"] == AS_REPORTED]
    return before + [row for row in rows if row["structure_on"] != AS_REPORTED]


def _printed_rows(report: Report, resource: Resource) -> Iterator[Row]:
    for annex, key in resource.printed:
        yield from (row for row in TABLES[annex][key](report).rows if row.kind != SECTION)


def _record(resource: Resource, row: ModelRow, printed: Row) -> Record:
    made: Record = {}
    for field in resource.fields:
        value = row.get(field.name)
        if not field.cell:
            if value is HIDDEN:
                raise UnreviewedTable(f"{resource.name}.{field.name}: withheld, but no printed cell guards it")
            made[field.name] = value
            continue
        made[field.name], made[field.name + STATUS] = _shown(field, value, printed.cells[field.cell])
    return made


def _shown(field: Field, value: Any, cell: Cell) -> tuple[Any, str | None]:
    """The value and no sign, or no value and the sign of the printed cell."""
    text = cell.text()
    if text in _IN_PLACE or value is HIDDEN:
        return None, numbers.WITHHELD if value is HIDDEN else text
    if value is None and text == numbers.NOTHING:
        return None, UNCOMPUTABLE
    return value, None
