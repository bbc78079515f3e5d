"""Gate 1: is each submission of this year what was promised?

Lives here: one look at the typed relation of a year, all agencies stacked. GX counts, pushed down on DuckDB; the same
predicates give the addresses; the two counts must be equal, and a poisoned copy must fail, else the gate is void.
Does not live here: what becomes of a row (ingestion) and the sentences (``rules/messages.py``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from expectations.contracts.model import Contract
from expectations.findings import Finding, Severity
from expectations.gates.suites import Counted, GateVoid, checks_of, run_checks
from expectations.rules.compile import TYPED, CompiledRule, compile_all
from expectations.rules.messages import finding_for
from expectations.rules.naming import NAMED_ROWS, named
from expectations.rules.parameters import RuleParameters, from_reference
from expectations.rules.select import count_bad, select_bad
from expectations.rules.version import rule_version

__all__ = ["GateResult", "GateVoid", "check"]


@dataclass(frozen=True)
class GateResult:
    """What gate 1 saw. ``counts`` has the number of bad rows of every rule that ran, zeros too; rows by dataset.

    ``findings`` have sheet and cell and no personal value; whoever lands the rows adds the file's name.
    """

    findings: tuple[Finding, ...]
    counts: dict[str, int]
    rows: dict[str, int]
    submissions: int
    checks_declared: int
    poisons_caught: int
    rule_version: str

    @property
    def checks_run(self) -> int:
        """How many rules ran; equal to ``checks_declared``, or there would be no result."""
        return len(self.counts)

    @property
    def max_severity(self) -> Severity | None:
        """The heaviest severity that was broken anywhere; None when nothing was."""
        return max((f.severity for f in self.findings), key=lambda s: s.weight, default=None)

    def beside(self, other: GateResult) -> GateResult:
        """Both looks as one, at submissions of which each saw others: no rule looks from one submission into another.

        Raises GateVoid when they asked different rules.
        """
        if (self.rule_version, self.counts.keys()) != (other.rule_version, other.counts.keys()):
            raise GateVoid("two looks by different rules are no one look")
        return replace(
            self,
            findings=(*other.findings, *self.findings),
            counts={rule: bad + other.counts[rule] for rule, bad in self.counts.items()},
            rows={dataset: rows + other.rows[dataset] for dataset, rows in self.rows.items()},
            submissions=self.submissions + other.submissions,
        )

    def by_severity(self) -> dict[str, int]:
        """Number of findings of each severity, zeros too, for checks that show counts."""
        found = Counter(str(finding.severity) for finding in self.findings)
        return {str(severity): found[str(severity)] for severity in Severity}


def load() -> None:
    """Import Great Expectations, which takes seconds: for a process that has nothing else to do yet."""
    import great_expectations.expectations  # noqa: F401


def check(
    database: Path,
    contracts: Sequence[Contract],
    *,
    minimum_submissions: int,
    parameters: RuleParameters | None = None,
) -> GateResult:
    """Look at ``typed.*`` of a DuckDB file that nobody has open for writing.

    ``minimum_submissions`` is how many files were typed into it. Raises GateVoid when the gate would prove nothing:
    no contract, no row, fewer submissions or checks than declared, unequal counts, an uncaught poison, an exception.
    """
    try:
        return _checked(database, contracts, minimum_submissions, parameters or from_reference())
    except GateVoid:
        raise
    except Exception as error:  # its text may hold a value of the relation, so only its kind is told
        raise GateVoid(f"gate 1 stopped on {type(error).__name__}") from None


def _checked(
    database: Path, contracts: Sequence[Contract], minimum_submissions: int, known: RuleParameters
) -> GateResult:
    from expectations.gates import canaries
    from expectations.gates.duckdb_datasource import opened

    rules = compile_all(contracts, known)
    if not rules:
        raise GateVoid("no contract, no rule: the gate would pass on nothing")
    rows, submissions = _sizes(database, contracts)
    if not sum(rows.values()):
        raise GateVoid("the typed relation is empty")
    if submissions < max(minimum_submissions, 1):
        raise GateVoid(f"{minimum_submissions} submissions were typed, {submissions} are in the relation")
    poisons = canaries.prove(contracts)
    sizes = {f"{TYPED}.{name}": number for name, number in rows.items()}
    with opened(database, sizes) as batches:
        counted = run_checks(batches, checks_of(rules, TYPED), sizes)
    return GateResult(
        findings=tuple(_addressed(database, rules, counted)),
        counts={rule: result.bad for rule, result in counted.items()},
        rows=rows,
        submissions=submissions,
        checks_declared=len(rules),
        poisons_caught=poisons,
        rule_version=rule_version(),
    )


def _sizes(database: Path, contracts: Sequence[Contract]) -> tuple[dict[str, int], int]:
    with _connected(database) as connection:
        rows = {c.name: _one(connection, f"SELECT count(*) FROM {TYPED}.{c.name}") for c in contracts}
        union = " UNION ".join(f"SELECT submission_id FROM {TYPED}.{c.name}" for c in contracts)
        return rows, _one(connection, f"SELECT count(DISTINCT submission_id) FROM ({union})")


def _addressed(database: Path, rules: list[CompiledRule], counted: dict[str, Counted]) -> list[Finding]:
    findings: list[Finding] = []
    with _connected(database) as connection:
        for rule in rules:
            if not counted[rule.rule].rows:
                continue  # GX and we agree that there is no row to be wrong
            expected = counted[rule.rule].bad
            if expected > NAMED_ROWS:
                findings += _named(connection, rule, expected)
                continue
            found = select_bad(connection, rule) if expected or count_bad(connection, rule) else []
            if len(found) != expected:
                raise GateVoid(f"{rule.rule}: GX counts {expected} bad rows, the addresses are {len(found)}")
            findings += [finding_for(rule, bad) for bad in found]
    return findings


def _named(connection: Any, rule: CompiledRule, expected: int) -> list[Finding]:
    """The findings of a rule that very many rows break: the first of each file, and the number of the others."""
    findings, total = named(connection, rule)
    if total != expected:
        raise GateVoid(f"{rule.rule}: GX counts {expected} bad rows, the addresses are {total}")
    return findings


def _connected(database: Path) -> Any:
    import duckdb

    return duckdb.connect(str(database), read_only=True)


def _one(connection: Any, sql: str) -> int:
    return int(connection.execute(sql).fetchone()[0])
