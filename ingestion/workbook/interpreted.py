"""What a workbook says once its sheets, headers and cells are understood: plain values, no reading, no judging.

`interpret` (ingestion.workbook.interpret) makes it; collect and check put its rows into the typed relation.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

from expectations.findings import Finding
from ingestion.workbook.answered import Answer

FormName = str
Dataset = str
State = Literal["filled", "nil", "missing", "not_owed"]


@dataclass(frozen=True, kw_only=True)
class ColumnAddress:
    """Where a field stands in the sender's sheet; the cell of a row is `column_letter` + row number."""

    dataset: Dataset
    field: str
    sheet: str
    column_letter: str
    header: str


@dataclass(frozen=True, kw_only=True)
class FormState:
    """What became of one form: `rows_read` counts data rows only (no titles, totals, signatures, blank rows).

    `nil_cell` is the cover's cell where this form is (or could be) marked nil.
    """

    form: FormName
    dataset: Dataset
    state: State
    sheet: str | None
    rows_read: int
    nil_cell: str | None = None


@dataclass(frozen=True, kw_only=True)
class CellProblem:
    """Why one cell has no typed value although something stands in it.

    It is not a finding: gate 1's predicate `<F>-<FIELD>-TYPE` (or -CODE, -PATTERN) finds the same cell, and
    `ingestion.workbook.reasons.with_reasons` takes the exact words (`reason` is a key of expectations/rules) from here.
    """

    dataset: Dataset
    field: str
    sheet: str
    row: int
    cell: str
    raw: str
    reason: str
    facts: dict[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Interpreted:
    """One workbook, understood.

    - `rows[dataset]`: dicts with "sheet" (str), "row" (int, as in the sender's file), every contract field typed
      (str, int, Decimal, bool, datetime.date or None) and `<field>__raw` (text as read, None when blank).
      `cover` is a dataset like the others, with exactly one row whose "row" is 0; cells of its fields are in `columns`
      with the full address in `column_letter` (cover is vertical: "B4").
    - `agency_code`: the sender's unique code (None when it could not be resolved; then a blocker says why).
    - `findings`: everything that is known without the row rules: blockers (TEP-*), form-level errors
      (`dataset` set, `row` None), row errors, notes about repairs.
    - `kept_out`: (sheet, row) of rows that must not be accepted whatever the row rules say (each has an error finding).
    - `answers`: what was written beside the findings of an earlier check ("Giải trình").
    """

    file: str
    sha256: str
    parser_version: str
    template_edition: str | None
    agency_code: str | None
    agency_code_written: str | None
    agency_name: str | None
    reporting_year: int | None
    rows: dict[Dataset, list[dict[str, Any]]]
    columns: tuple[ColumnAddress, ...]
    forms: tuple[FormState, ...]
    findings: tuple[Finding, ...]
    problems: tuple[CellProblem, ...]
    kept_out: frozenset[tuple[str, int]]
    answers: tuple[Answer, ...] = ()

    @property
    def cover(self) -> dict[str, Any]:
        """The cover's one row (field -> value, `<field>__raw` -> text); empty when the file has no readable cover."""
        found = self.rows.get("cover", [])
        return found[0] if found else {}

    @property
    def is_blocked(self) -> bool:
        """True when a blocker stands: nothing of this file may be accepted."""
        return any(finding.severity == "blocker" for finding in self.findings)
