"""Poisoned figures: gate 2 lets nothing pass, or its verdict is void.

Lives here: a copy of the marts' shape with the rows of ``year_canaries.yml``, and the proof that each poison is caught
by its check and no clean row by any. Does not live here: the checks (``year_checks.py``), gate 1's poisons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from expectations import yaml_files
from expectations.gates.suites import GateVoid, run_checks
from expectations.gates.year_checks import VALUES, YearCheck

Rows = list[tuple[str, dict[str, Any]]]


def prove(warehouse: Path, checks: Sequence[YearCheck], year: int) -> int:
    """Run all checks on the canaries; the number of poisons that were caught, all of them.

    The tables have the columns of ``warehouse``. Raises GateVoid when a count is not exactly what was planted.
    """
    from expectations.gates.duckdb_datasource import opened

    planted = yaml_files.read(Path(__file__).with_suffix(".yml"))
    rows = _rows(planted, year)
    with TemporaryDirectory(prefix="nhantai-canaries-") as folder:
        database = Path(folder) / "canaries.duckdb"
        sizes = _build(warehouse, database, rows)
        with opened(database, sizes) as batches:
            counted = run_checks(batches, [each.check for each in checks], sizes)
    for each in checks:
        wanted = _wanted(each.check.id, planted)
        if counted[each.check.id].bad != wanted:
            raise GateVoid(f"{each.check.id}: {wanted} canaries were planted, {counted[each.check.id].bad} were caught")
    if unknown := {poison["rule"] for poison in planted["poisons"]} - {each.check.id for each in checks}:
        raise GateVoid(f"poisons of checks that do not exist: {sorted(unknown)}")
    return len(planted["poisons"])


def _wanted(rule: str, planted: dict[str, Any]) -> int:
    """How many rows a check must catch: one a poison, unless the poison says how many rows it spoils."""
    return sum(poison.get("rows", 1) for poison in planted["poisons"] if poison["rule"] == rule)


def _rows(planted: dict[str, Any], year: int) -> Rows:
    clean = {relation: [_of_year(row, year) for row in rows] for relation, rows in planted["relations"].items()}
    rows: Rows = [(relation, row) for relation, own in clean.items() for row in own]
    for poison in planted["poisons"]:
        relation = poison.get("relation", VALUES)
        row = {**clean[relation][0], **_of_year(poison["change"], year)}
        rows += [(relation, row)] * (2 if poison.get("twice") else 1)
        if "beside" in poison:
            rows.append((relation, {**row, **poison["beside"]}))
    return rows


def _of_year(row: dict[str, Any], year: int) -> dict[str, Any]:
    """The row with years for words: "year", and days such as "year-12-31" of it and "before-12-31" of the last."""
    starts = {"year-": f"{year}-", "before-": f"{year - 1}-"}
    found = {name: year if value == "year" else value for name, value in row.items()}
    for name, value in found.items():
        for start, number in starts.items():
            if isinstance(value, str) and value.startswith(start):
                found[name] = number + value.removeprefix(start)
    return found


def _build(warehouse: Path, database: Path, rows: Rows) -> dict[str, int]:
    import duckdb

    sizes = Counter(relation for relation, _ in rows)
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"ATTACH '{warehouse}' AS built (READ_ONLY)")
        for relation in sizes:
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {relation.split('.')[0]}")
            connection.execute(f"CREATE TABLE {relation} AS SELECT * FROM built.{relation} LIMIT 0")
        connection.execute("DETACH built")
        for relation, row in rows:
            columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" for _ in row)
            connection.execute(f"INSERT INTO {relation} ({columns}) VALUES ({marks})", list(row.values()))
    return dict(sizes)
