"""Poisoned rows: a gate that lets one of them pass is void.

Lives here: a small typed relation of clean and spoiled rows (``canaries.yml``) and the proof that gate 1's own suites
find every spoiled row and no clean one; ``built`` and ``missed`` serve gate 2 as well.
Does not live here: the poisons of gate 2 (``year_canaries.py``). The rows are judged by the shipped lists and with
sample prefixes, whatever a home's overlay says, because they are about people who do not exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from expectations import yaml_files
from expectations.contracts.load import all_contracts
from expectations.contracts.model import Contract, typed_columns
from expectations.gates.suites import GateVoid, checks_of, run_checks
from expectations.rules.compile import TYPED, CompiledRule, compile_all
from expectations.rules.parameters import from_reference
from expectations.rules.select import select_bad

CLEAN = "clean"


@dataclass(frozen=True)
class Poison:
    """A clean row of the rule's dataset with ``change`` applied; ``cover``: the cover of its submission, if it has one.

    ``twice``: the row stands there two times.
    """

    rule: str
    change: dict[str, Any]
    cover: dict[str, Any] | None = None
    twice: bool = False


def prove(contracts: Sequence[Contract]) -> int:
    """Run the suites on the canaries; the number of poisons that were caught, all of them.

    Raises GateVoid when a poison passes, a clean row does not, GX and the addresses disagree, or nothing is poisoned.
    """
    from expectations.gates.duckdb_datasource import opened

    wanted = {contract.code for contract in contracts}
    poisons = [poison for poison in _poisons() if _contract_of(poison.rule).code in wanted]
    rules = compile_all(contracts, from_reference(is_sample=True))
    if not poisons:
        raise GateVoid("no poisoned row belongs to these contracts")
    with TemporaryDirectory(prefix="nhantai-canaries-") as folder:
        database = Path(folder) / "canaries.duckdb"
        rows = _build(database, poisons)
        named = {poison.rule for poison in poisons}
        judges = [rule for rule in rules if rule.rule in named]
        with opened(database, rows) as batches:
            counted = run_checks(batches, checks_of(judges, TYPED), rows)
        _compare(database, rules, {rule: result.bad for rule, result in counted.items()}, poisons)
    return len(poisons)


def _compare(database: Path, rules: list[CompiledRule], counts: dict[str, int], poisons: list[Poison]) -> None:
    import duckdb

    with duckdb.connect(str(database), read_only=True) as connection:
        found = {r.rule: [bad.submission_id for bad in select_bad(connection, r)] for r in rules if r.rule in counts}
        alarms = _false_alarms(connection, rules)
    for number, poison in enumerate(poisons):
        if f"poison-{number}" not in found[poison.rule]:
            raise GateVoid(f"a poisoned row passed {poison.rule}")
    for rule, submissions in found.items():
        if counts[rule] != len(submissions):
            raise GateVoid(f"{rule}: GX counts {counts[rule]} canaries, the addresses are {len(submissions)}")
    if alarms:
        raise GateVoid(f"a clean row was caught by {', '.join(alarms)}")


def _false_alarms(connection: Any, rules: list[CompiledRule]) -> list[str]:
    """The rules that catch a clean row: one question a dataset, and only then rule by rule."""
    caught: list[str] = []
    for dataset in {rule.dataset for rule in rules}:
        own = [rule for rule in rules if rule.dataset == dataset]
        clean = f"SELECT count(*) FROM {TYPED}.{dataset} WHERE submission_id = '{CLEAN}' AND"
        together = " OR ".join(f"coalesce({rule.over(TYPED)}, false)" for rule in own)
        if connection.execute(f"{clean} ({together})").fetchone()[0]:
            caught += [r.rule for r in own if connection.execute(f"{clean} ({r.over(TYPED)})").fetchone()[0]]
    return caught


def _build(database: Path, poisons: list[Poison]) -> dict[str, int]:
    import duckdb

    rows: dict[str, list[tuple[str, dict[str, Any]]]] = {c.name: [] for c in all_contracts()}
    for dataset, values in _file()["clean"].items():
        rows[dataset].append((CLEAN, values))
    for number, poison in enumerate(poisons):
        contract, submission = _contract_of(poison.rule), f"poison-{number}"
        row = {**_file()["clean"][contract.name], **poison.change}
        rows[contract.name] += [(submission, row)] * (2 if poison.twice else 1)
        if poison.cover is not None and contract.name != "cover":
            rows["cover"].append((submission, {**_file()["clean"]["cover"], **poison.cover}))
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"CREATE SCHEMA {TYPED}")
        for contract in all_contracts():
            _fill(connection, contract, rows[contract.name])
    return {f"{TYPED}.{dataset}": len(made) for dataset, made in rows.items()}


def _fill(connection: Any, contract: Contract, rows: list[tuple[str, dict[str, Any]]]) -> None:
    columns = typed_columns(contract)
    declared = ", ".join(f'"{name}" {kind}' for name, kind in columns)
    connection.execute(f"CREATE TABLE {TYPED}.{contract.name} ({declared})")
    marks = ", ".join("?" for _ in columns)
    for number, (submission, values) in enumerate(rows, start=1):
        raws = {f"{name}__raw": None if value is None else str(value) for name, value in values.items()}
        known = {
            "submission_id": submission,
            "agency_code": "SNV",
            "sheet": contract.code,
            "row": number,
            **raws,
            **values,
        }
        connection.execute(
            f"INSERT INTO {TYPED}.{contract.name} VALUES ({marks})", [known.get(name) for name, _ in columns]
        )


@cache
def _poisons() -> tuple[Poison, ...]:
    return tuple(Poison(**entry) for entry in _file()["poisons"])


@cache
def _file() -> dict[str, Any]:
    return yaml_files.read(Path(__file__).with_suffix(".yml"))


def _contract_of(rule: str) -> Contract:
    return next(contract for contract in all_contracts() if rule.startswith(f"{contract.code}-"))
