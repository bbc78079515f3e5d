"""The row rules over the typed relation of a year: which rows, which sentences, which rows stay out.

Lives here: running every rule once and filling `kept_out`.
Does not live here: the rules (expectations/rules), gate 1 itself (given to collect as a function), outcomes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from expectations.contracts.load import all_contracts
from expectations.findings import Finding, Severity
from expectations.rules.compile import CompiledRule
from expectations.rules.naming import named

if TYPE_CHECKING:
    import duckdb

    from ingestion.workbook.interpreted import Interpreted

_HEAVY = (Severity.BLOCKER, Severity.ERROR)


def make_kept_out(connection: duckdb.DuckDBPyConnection, workbooks: Mapping[str, Interpreted]) -> None:
    """Make the temporary table `kept_out` with the rows that reading itself keeps out.

    Of workbooks their reader says which. A register's row goes out when a text that it cannot do without is garbled:
    no row rule sees that, for the text is there and only its value is not.
    """
    connection.execute(
        """
        CREATE OR REPLACE TEMPORARY TABLE kept_out (
            dataset VARCHAR, submission_id VARCHAR, sheet VARCHAR, "row" INTEGER,
            PRIMARY KEY (dataset, submission_id, sheet, "row"))
        """
    )
    rows = [
        (dataset, submission_id, row["sheet"] or "", row["row"])
        for submission_id, book in workbooks.items()
        for dataset, known in book.rows.items()
        for row in known
        if (row["sheet"], row["row"]) in book.kept_out
    ]
    if rows:
        connection.executemany("INSERT OR IGNORE INTO kept_out VALUES (?, ?, ?, ?)", rows)
    for contract in all_contracts():
        texts = [f.name for f in contract.fields if f.type in ("string", "text") and f.required and f.pii != "identity"]
        if contract.channel == "register" and texts:
            garbled = " OR ".join(f'("{name}" IS NULL AND "{name}__raw" IS NOT NULL)' for name in texts)
            connection.execute(
                f"""
                INSERT OR IGNORE INTO kept_out
                SELECT '{contract.name}', submission_id, coalesce(sheet, ''), "row" FROM typed.{contract.name}
                WHERE {garbled}
                """
            )


def judge(
    connection: duckdb.DuckDBPyConnection, rules: Iterable[CompiledRule], seen: Sequence[Finding] | None = None
) -> dict[str, list[Finding]]:
    """Findings by submission id; rows that an error is true for go to `kept_out`. Empty datasets are passed by.

    `seen` are the findings of gate 1, which has named bad rows of every broken rule; without a gate they are made here.
    """
    found: dict[str, list[Finding]] = {}
    for finding in seen or ():
        found.setdefault(str(finding.submission_id), []).append(finding)
    broken = None if seen is None else {finding.rule for finding in seen}
    filled = _filled(connection)
    for rule in rules:
        if rule.dataset not in filled or (broken is not None and rule.rule not in broken):
            continue
        if rule.severity in _HEAVY:
            _keep_out(connection, rule)
        if seen is None:
            for finding in named(connection, rule)[0]:
                found.setdefault(str(finding.submission_id), []).append(finding)
    return found


def row_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, tuple[int, int]]]:
    """submission id -> dataset -> (rows read, rows kept out)."""
    counted: dict[str, dict[str, tuple[int, int]]] = {}
    for dataset in sorted(_filled(connection)):
        rows = connection.execute(
            f"""
            SELECT t.submission_id, count(*), count(k.dataset) FROM typed.{dataset} AS t
            LEFT JOIN kept_out AS k ON k.dataset = '{dataset}' AND k.submission_id = t.submission_id
                AND k.sheet = coalesce(t.sheet, '') AND k."row" = t."row"
            GROUP BY 1
            """
        ).fetchall()
        for submission_id, read, out in rows:
            counted.setdefault(submission_id, {})[dataset] = (read, out)
    return counted


def _filled(connection: duckdb.DuckDBPyConnection) -> set[str]:
    tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'typed'").fetchall()
    names = [name for (name,) in tables if not name.startswith("_")]
    return {name for name in names if connection.execute(f"SELECT 1 FROM typed.{name} LIMIT 1").fetchone()}


def _keep_out(connection: duckdb.DuckDBPyConnection, rule: CompiledRule) -> None:
    connection.execute(
        f"""
        INSERT OR IGNORE INTO kept_out
        SELECT DISTINCT '{rule.dataset}', submission_id, coalesce(sheet, ''), "row" FROM typed.{rule.dataset}
        WHERE {rule.predicate_sql}
        """
    )
