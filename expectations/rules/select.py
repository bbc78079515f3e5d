"""Where the bad rows are: the same predicate that a gate counts, run as plain SQL on a connection that is passed in.

Lives here: ``select_bad`` (addresses), ``findings_for`` (addresses with their sentences) and ``rejected_rows`` (what
an error keeps out). ``nhantai check`` and gate 1 both use them. Does not live here: any engine import, or GX.

The typed tables and ``_columns`` are those of ingestion: one row per (submission_id, dataset, field, sheet) with its
column letter; the cell of a field is that letter and the row. On the cover (row 0) the letter is the whole address.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from expectations.contracts.load import load
from expectations.findings import Finding, Severity
from expectations.rules.compile import TYPED, CompiledRule


@dataclass(frozen=True)
class BadRow:
    """One row a rule is TRUE for: where it is, and the cells and raw texts of the fields the rule speaks of.

    ``cells`` and ``values`` are parallel to the rule's fields; a value may be personal, so it is masked when shown.
    """

    submission_id: str
    agency_code: str | None
    sheet: str | None
    row: int
    cells: tuple[str | None, ...]
    values: tuple[str | None, ...]


def count_bad(connection: Any, compiled: CompiledRule, schema: str = TYPED) -> int:
    """How many rows the predicate is TRUE for."""
    sql = f"SELECT count(*) FROM {schema}.{compiled.dataset} WHERE {compiled.over(schema)}"
    return int(connection.execute(sql).fetchone()[0])


def select_bad(connection: Any, compiled: CompiledRule, schema: str = TYPED, limit: int | None = None) -> list[BadRow]:
    """The rows a rule is TRUE for, in the order of submission, sheet and row; at most ``limit`` of them."""
    agency = '"agency_code"' if load(compiled.dataset).is_sent_about_itself else "CAST(NULL AS VARCHAR)"
    raw = "".join(f', coalesce("{name}__raw", CAST("{name}" AS VARCHAR))' for name in compiled.fields)
    sql = (
        f'SELECT submission_id, {agency}, sheet, "row"{raw} FROM {schema}.{compiled.dataset} '
        f'WHERE {compiled.over(schema)} ORDER BY submission_id, sheet, "row"'
    )
    rows = connection.execute(sql + (f" LIMIT {limit:d}" if limit is not None else "")).fetchall()
    letters = _letters(connection, schema, compiled) if rows else {}
    return [_bad_row(row, compiled, letters) for row in rows]


def findings_for(
    connection: Any, rules: Iterable[CompiledRule], schema: str = TYPED, limit: int | None = None
) -> list[Finding]:
    """A finding with its Vietnamese sentences for every bad row of every rule (``limit`` is per rule)."""
    from expectations.rules.messages import finding_for

    return [finding_for(rule, bad) for rule in rules for bad in select_bad(connection, rule, schema, limit)]


def rejected_rows(
    connection: Any, rules: Iterable[CompiledRule], schema: str = TYPED
) -> set[tuple[str, str, str, int]]:
    """(dataset, submission_id, sheet, row) of every row that an error or a blocker keeps out; no sheet is ``""``."""
    heavy = (rule for rule in rules if rule.severity in (Severity.ERROR, Severity.BLOCKER))
    found: set[tuple[str, str, str, int]] = set()
    for rule in heavy:
        sql = (
            f"SELECT submission_id, coalesce(sheet, ''), \"row\" FROM {schema}.{rule.dataset} WHERE {rule.over(schema)}"
        )
        found.update((rule.dataset, *row) for row in connection.execute(sql).fetchall())
    return found


def _bad_row(row: tuple[Any, ...], compiled: CompiledRule, letters: dict[tuple[str, str, str], str]) -> BadRow:
    submission, agency, sheet, number, *values = row
    found = (letters.get((submission, sheet or "", name)) for name in compiled.fields)
    return BadRow(
        submission_id=submission,
        agency_code=agency,
        sheet=sheet,
        row=number,
        cells=tuple((f"{letter}{number}" if number else letter) if letter else None for letter in found),
        values=tuple(values),
    )


def _cell(letter: str | None, row: int) -> str | None:
    """The address of a cell; the cover is vertical and has whole addresses (B4) for column letters."""
    if not letter:
        return None
    return letter if letter[-1].isdigit() else f"{letter}{row}"


def _letters(connection: Any, schema: str, compiled: CompiledRule) -> dict[tuple[str, str, str], str]:
    known = "SELECT 1 FROM duckdb_tables() WHERE schema_name = ? AND table_name = '_columns'"
    if not compiled.fields or connection.execute(known, [schema]).fetchone() is None:
        return {}
    marks = ", ".join("?" for _ in compiled.fields)
    rows = connection.execute(
        f"SELECT submission_id, coalesce(sheet, ''), field, column_letter FROM {schema}._columns "
        f"WHERE dataset = ? AND field IN ({marks})",
        [compiled.dataset, *compiled.fields],
    ).fetchall()
    return {(submission, sheet, name): letter for submission, sheet, name, letter in rows if letter}
