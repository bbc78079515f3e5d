"""Checks → Great Expectations suites: one UnexpectedRowsExpectation per check, our severity, only counts come back.

Lives here: what a check is for a gate, how checks become suites (one per relation, on a query asset), running them,
and reading the counts by id. Does not live here: which checks exist (contracts, ``year_checks.py``) and the verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from expectations.findings import Severity
from expectations.gates.duckdb_datasource import DuckdbBatches
from expectations.rules.compile import CompiledRule

_GX_SEVERITY = {
    Severity.BLOCKER: "critical",
    Severity.ERROR: "critical",
    Severity.QUERY: "warning",
    Severity.NOTE: "info",
}
_ROWS = "rows"


class GateVoid(Exception):
    """The gate proved nothing: too little to look at, a check that did not run, counts that differ, a missed poison."""

    exit_code = 4


@dataclass(frozen=True)
class Check:
    """One question to a relation (``schema.table``): ``predicate`` is TRUE for a bad row."""

    id: str
    severity: Severity
    relation: str
    predicate: str


@dataclass(frozen=True)
class Counted:
    """What GX counted for one check, and how many rows it looked at."""

    check: Check
    bad: int
    rows: int


def checks_of(rules: Iterable[CompiledRule], schema: str) -> list[Check]:
    """Compiled rules as checks over the typed tables of a schema."""
    return [Check(rule.rule, rule.severity, f"{schema}.{rule.dataset}", rule.over(schema)) for rule in rules]


def run_checks(batches: DuckdbBatches, checks: Sequence[Check], rows: Mapping[str, int]) -> dict[str, Counted]:
    """Run all checks, pushed down; ``rows`` is how many rows each relation has by our own count.

    Of an empty relation GX only confirms that it is empty: then every check of it has counted to zero.
    Raises GateVoid when there is no check, two have one id, one did not run or raised, or GX sees another relation.
    """
    if not checks:
        raise GateVoid("an empty suite proves nothing")
    if len({check.id for check in checks}) != len(checks):
        raise GateVoid("two checks have one id")
    counted: dict[str, Counted] = {}
    by_relation = sorted(checks, key=lambda check: check.relation)
    for relation, group in groupby(by_relation, key=lambda check: check.relation):
        counted |= _run_suite(batches, relation, list(group), rows[relation])
    if counted.keys() != {check.id for check in checks}:
        raise GateVoid(f"{len(checks)} checks are declared, {len(counted)} ran")
    return counted


def _run_suite(batches: DuckdbBatches, relation: str, checks: list[Check], rows: int) -> dict[str, Counted]:
    from great_expectations.core import ExpectationSuite

    asked = [_expectation(check) for check in checks] if rows else []
    suite = ExpectationSuite(name=relation, expectations=[_row_count(rows), *asked])
    outcome = batches.batch(relation).validate(suite, result_format="BASIC")
    known = {check.id: check for check in checks}
    seen = False
    counted = {} if rows else {check.id: Counted(check, 0, 0) for check in checks}
    for result in outcome.results:
        key = str((result.expectation_config.meta or {}).get("check"))
        if _raised(result):
            raise GateVoid(f"{relation}: a check did not run ({key})")
        if key == _ROWS:
            _same_relation(result, relation, rows)
            seen = True
        else:
            counted[key] = Counted(known[key], _observed(result, known[key]), rows)
    if not seen:
        raise GateVoid(f"{relation}: GX did not say how many rows it saw")
    return counted


def _row_count(rows: int) -> Any:
    import great_expectations.expectations as gxe

    return gxe.ExpectTableRowCountToEqual(value=rows, meta={"check": _ROWS}, severity="critical")


def _expectation(check: Check) -> Any:
    """GX formats the query (braces doubled) and SQLAlchemy looks for parameters in it (colons escaped)."""
    import great_expectations.expectations as gxe

    predicate = check.predicate.replace("{", "{{").replace("}", "}}").replace(":", "\\:")
    query = f"SELECT 1 AS bad FROM {{batch}} WHERE {predicate}"
    return gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=query, meta={"check": check.id}, severity=_GX_SEVERITY[check.severity]
    )


def _raised(result: Any) -> bool:
    info = result.exception_info or {}
    flat = [info] if "raised_exception" in info else list(info.values())
    return any(entry.get("raised_exception") for entry in flat)


def _same_relation(result: Any, relation: str, rows: int) -> None:
    if not result.success:
        raise GateVoid(f"{relation}: GX saw {result.result.get('observed_value')} rows, we count {rows}")


def _observed(result: Any, check: Check) -> int:
    """The count of bad rows; success must say the same, and nothing but the count may have come back."""
    value = result.result.get("observed_value")
    if not isinstance(value, int) or set(result.result) != {"observed_value"} or result.success != (value == 0):
        raise GateVoid(f"{check.id}: the result is not a count")
    return value
