"""Gate 2: is this year fit to publish?

Lives here: the verdict on a frozen warehouse: GX counts over the marts (read-only), the same predicates name the rows,
poisoned figures must be caught; then dbt's tests, the owed agencies and the independent recount are compared.
Does not live here: the checks (``year_checks.py``), writing ``gate.json`` and publishing (they bind to this verdict).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from expectations.findings import Finding, Severity, by_weight
from expectations.gates.printed import differing
from expectations.gates.suites import Counted, GateVoid, run_checks
from expectations.gates.year_checks import NEVER_EMPTY, SUBMISSIONS, VALUES, YearCheck, year_checks
from expectations.indicators.model import Indicator
from expectations.rules.messages import message, severity_of

_CLOSES = (Severity.BLOCKER, Severity.ERROR, Severity.QUERY)
_TESTED = ("fct_indicator_values", "fct_submissions")
_FIGURE_KEY = ("indicator_code", "reading", "reporting_year", "period_code", "agency_code", "structure_on")


@dataclass(frozen=True)
class Verdict:
    """What gate 2 says of a build. ``open`` only when every check ran, every poison was caught and nothing closes it.

    A blocker, an error, or a query without a recorded explanation closes; a note never does.
    """

    open: bool
    checks_run: int
    findings: tuple[Finding, ...]
    poisons_caught: int


def review(
    warehouse: Path,
    indicators: Sequence[Indicator],
    *,
    expected_agencies: Iterable[str],
    recount: Sequence[Mapping[str, Any]] | None,
    dbt_tests: Mapping[str, str],
    printed: Sequence[Mapping[str, Any]] | None = None,
    undecided: int = 0,
) -> Verdict:
    """Judge the year that a warehouse reports; it is opened read-only and let go of again.

    ``expected_agencies``: who owes the year by the reference lists; ``recount``: the headline figures counted a second
    time, None when nobody did; ``printed``: the numbers of annex IX likewise; ``dbt_tests``: status by test. Never
    raises: whatever goes wrong closes the gate.
    """
    found = [*_dbt(dbt_tests), *([_finding("YEAR-PERSON-PAIRS", so=undecided)] if undecided else [])]
    checks_run, poisons = 0, 0
    try:
        year = _reporting_year(warehouse)
        checks = year_checks(year)
        checks_run, poisons, judged = _judge(warehouse, checks, year)
        found += judged
        found += _compared(warehouse, year, indicators, set(expected_agencies), recount)
        found += _printed(warehouse, printed)
    except GateVoid as void:
        found.append(_finding("YEAR-GATE-VOID", ten=str(void)))
    except Exception as error:  # its text may hold a value, so only its kind is told
        found.append(_finding("YEAR-GATE-EXCEPTION", loi=type(error).__name__))
    findings = tuple(by_weight(found))
    is_open = checks_run > 0 and poisons > 0 and not any(f.severity in _CLOSES for f in findings)
    return Verdict(is_open, checks_run, findings, poisons)


def _judge(warehouse: Path, checks: Sequence[YearCheck], year: int) -> tuple[int, int, list[Finding]]:
    from expectations.gates import year_canaries
    from expectations.gates.duckdb_datasource import opened

    poisons = year_canaries.prove(warehouse, checks, year)
    relations = dict.fromkeys([each.check.relation for each in checks] + list(NEVER_EMPTY))
    with _connected(warehouse) as connection:
        sizes = {name: int(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]) for name in relations}
    with opened(warehouse, sizes) as batches:
        counted = run_checks(batches, [each.check for each in checks], sizes)
    empty = [_finding("YEAR-EMPTY", ten=name) for name in NEVER_EMPTY if not sizes[name]]
    with _connected(warehouse) as connection:
        named = [finding for each in checks for finding in _named(connection, each, counted[each.check.id])]
    return len(counted), poisons, empty + named


def _named(connection: Any, each: YearCheck, counted: Counted) -> list[Finding]:
    """The bad rows of one check by name; their number must be what GX counted."""
    rows = connection.execute(
        f"SELECT {each.label}, {each.agency}, {each.gate_one_rule}, count(*) FROM {each.check.relation} "
        f"WHERE {each.check.predicate} GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    if sum(row[3] for row in rows) != counted.bad:
        raise GateVoid(f"{each.check.id}: GX counts {counted.bad} rows, the names are {sum(row[3] for row in rows)}")
    return [_finding(each.check.id, agency, ten=label, quy_tac=rule, so=number) for label, agency, rule, number in rows]


def _compared(
    warehouse: Path,
    year: int,
    indicators: Sequence[Indicator],
    expected: set[str],
    recount: Sequence[Mapping[str, Any]] | None,
) -> list[Finding]:
    with _connected(warehouse) as connection:
        owed = f"SELECT agency_code FROM {SUBMISSIONS} WHERE reporting_year = ? AND is_owed"
        listed = {row[0] for row in connection.execute(owed, [year]).fetchall()}
        figures = f"SELECT {', '.join(_FIGURE_KEY)}, numerator, denominator FROM {VALUES} WHERE is_headline"
        built = {row[:6]: row[6:] for row in connection.execute(figures).fetchall()}
    found = []
    if expected - listed or not expected:
        found.append(_finding("YEAR-AGENCIES-FEWER", so=len(listed & expected), han=len(expected)))
    known = {key[0] for key in built}
    found += [_finding("YEAR-INDICATOR-MISSING", ten=each.code) for each in indicators if each.code not in known]
    return found + _recounted(year, indicators, built, recount)


def _recounted(
    year: int,
    indicators: Sequence[Indicator],
    built: Mapping[tuple[Any, ...], tuple[Any, ...]],
    recount: Sequence[Mapping[str, Any]] | None,
) -> list[Finding]:
    """Every recounted figure equals the warehouse's; every headline figure of the indicators was recounted."""
    again = {tuple(row[name] for name in _FIGURE_KEY): (row["numerator"], row["denominator"]) for row in recount or ()}
    codes = {each.code for each in indicators}
    found = []
    for key, figure in built.items():
        counted = again.pop(key, None)
        if key[0] not in codes:
            continue
        if counted is None and key[2] == year and key[4] == "LS":
            found.append(_finding("YEAR-RECOUNT-MISSING", ten=_figure(key)))
        elif recount is not None and (counted or (0, 0)) != (figure[0] or 0, figure[1] or 0):
            found.append(_differs(key, counted or (0, 0), figure))
    return found + [_differs(key, counted, (0, 0)) for key, counted in again.items() if any(counted)]


def _printed(warehouse: Path, again: Sequence[Mapping[str, Any]] | None) -> list[Finding]:
    if again is None:
        return []
    with _connected(warehouse) as connection:
        return [
            _finding("YEAR-RECOUNT", ten=f"số in {place}", cong=f"{own:f}", ghi=f"{built.normalize():f}")
            for place, own, built in differing(connection, again)
        ]


def _differs(key: tuple[Any, ...], counted: tuple[Any, ...], built: tuple[Any, ...]) -> Finding:
    fractions = {"cong": f"{counted[0]}/{counted[1]}", "ghi": f"{built[0]}/{built[1]}"}
    return _finding("YEAR-RECOUNT", key[4], ten=_figure(key), **fractions)


def _figure(key: tuple[Any, ...]) -> str:
    return f"{key[0]}/{key[1]}/{key[2]}/{key[3]}/{key[4]}@{key[5]}"


def _dbt(tests: Mapping[str, str]) -> list[Finding]:
    """Every dbt test that ran has passed, and the tables the report stands on were tested at all."""
    untested = [name for name in _TESTED if not any(name in test for test in tests)]
    bad = [(name, status) for name, status in sorted(tests.items()) if status != "pass"]
    return [_finding("YEAR-DBT-TESTS", ten=name, so=status) for name, status in [(n, "–") for n in untested] + bad]


def _finding(rule: str, agency: str | None = None, **facts: Any) -> Finding:
    texts = message(rule, **facts)
    return Finding(
        rule=rule,
        severity=severity_of(rule),
        message=texts.message,
        expected=texts.expected,
        fix=texts.fix,
        agency_code=agency,
    )


def _reporting_year(warehouse: Path) -> int:
    with _connected(warehouse) as connection:
        rows = connection.execute("SELECT reporting_year FROM staging.stg_build__parameters").fetchall()
    if len(rows) != 1:
        raise GateVoid(f"the build has {len(rows)} rows of parameters")
    return int(rows[0][0])


def _connected(warehouse: Path) -> Any:
    import duckdb

    if not warehouse.is_file():
        raise FileNotFoundError(f"no warehouse {warehouse.name}")
    return duckdb.connect(str(warehouse), read_only=True)
