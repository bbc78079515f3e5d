"""The dbt project without dbt: what dbt compiled, run straight in DuckDB, in seconds where a build takes a minute.

Lives here: reading models and data tests from dbt's own manifest, unit tests from their files, and running them in
an in-memory database. Does not live here: rows (`season.py`), the proof that it is what dbt says (`test_compiled.py`).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import yaml

from expectations.reference import load
from tests.warehouse.season import PARAMETERS, PERSON_LINKS, PROJECT, PROVINCE_STEPS, Season

ACCEPTED = re.compile(r"read_parquet\('[^']*/(\w+)/\*/data\.parquet'[^)]*\)")
BUILD = re.compile(r"read_parquet\('[^']*/(\w+)\.parquet'\)")
UNIT_TESTS = "_unit_tests_*.yml"
DATABASE = re.compile(r'"warehouse"\.')


@dataclass(frozen=True)
class Model:
    """A model as dbt compiled it; `columns` are (name, type, constraint) of an enforced contract, else empty."""

    name: str
    layer: str
    sql: str
    reads: tuple[str, ...]
    columns: tuple[tuple[str, str, str], ...]

    @property
    def table(self) -> str:
        return f'"{self.layer}"."{self.name}"'

    def create(self, sql: str | None = None) -> str:
        """Return the statements that make the table, as dbt does: a contract's not_null is part of the table."""
        body = sql or self.sql
        if not self.columns:
            return f"create or replace table {self.table} as {body}"
        typed = ", ".join(f'"{name}" {kind} {constraint}' for name, kind, constraint in self.columns)
        names = ", ".join(f'"{name}"' for name, _, _ in self.columns)
        return f"create or replace table {self.table} ({typed}); insert into {self.table} select {names} from ({body})"


@dataclass(frozen=True)
class UnitTest:
    """A dbt unit test: rows by the model they stand for, and the rows that must come out."""

    name: str
    model: str
    given: dict[str, tuple[str, Any]]
    expect: tuple[str, Any]


@dataclass(frozen=True)
class Project:
    """Everything dbt knows, by name; models in the order in which they can run."""

    models: dict[str, Model]
    tests: dict[str, tuple[str, frozenset[str]]]
    unit_tests: dict[str, UnitTest] = field(default_factory=dict)

    @cached_property
    def readers(self) -> dict[str, list[str]]:
        """Model -> the models that read it."""
        found: dict[str, list[str]] = {name: [] for name in self.models}
        for model in self.models.values():
            for below in model.reads:
                found[below].append(model.name)
        return found

    def downstream(self, name: str) -> list[str]:
        """Return a model and all that depends on it, in running order."""
        reached, waiting = set(), [name]
        while waiting:
            if (one := waiting.pop()) not in reached:
                reached.add(one)
                waiting += self.readers[one]
        return [one for one in self.models if one in reached]

    def upstream(self, *names: str) -> list[str]:
        """Return models and all they depend on, in running order."""
        reached, waiting = set(), list(names)
        while waiting:
            if (one := waiting.pop()) not in reached:
                reached.add(one)
                waiting += self.models[one].reads
        return [one for one in self.models if one in reached]


def project(season: Season, cache: Path) -> Project:
    """Return the compiled project: from `cache` if the project's files are those it was compiled from, else by dbt.

    One compile (20 s to 2 min, mostly parsing) serves all workers of a session, and all later ones until a file of
    `dbt_project/` changes.
    """
    path = cache / f"{_fingerprint()}.json"
    if not path.exists():
        if not (season.next / "reference").is_dir():
            load.materialise(season.next / "reference")
        result = season.dbt("compile")
        assert result.success, result.exception
        whole = json.loads((season.target / "manifest.json").read_text(encoding="utf-8"))
        for old in cache.glob("*.json"):
            old.unlink(missing_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps({"nodes": whole["nodes"]}), encoding="utf-8")
        draft.rename(path)
    return from_manifest(json.loads(path.read_text(encoding="utf-8")))


def from_manifest(manifest: dict[str, Any]) -> Project:
    """Read the compiled nodes of a manifest of dbt; a node without compiled SQL is an error."""
    nodes = manifest["nodes"]
    models = {key: node for key, node in nodes.items() if node["resource_type"] == "model"}
    tests = {
        node["name"]: (_local(node["compiled_code"]), frozenset(_names(node, models)))
        for node in nodes.values()
        if node["resource_type"] == "test"
    }
    found = {_name(key): _model(models[key], models) for key in _in_order(models)}
    return Project(found, tests, {test.name: test for test in unit_tests()})


def unit_tests() -> list[UnitTest]:
    """Read the unit tests as they are written, so that a new row asks for no new compilation."""
    return [
        UnitTest(
            test["name"],
            test["model"],
            {re.findall(r"'(\w+)'", one["input"])[0]: _rows(one) for one in test["given"]},
            _rows(test["expect"]),
        )
        for path in sorted((PROJECT / "models").rglob(UNIT_TESTS))
        for test in yaml.safe_load(path.read_text(encoding="utf-8"))["unit_tests"]
    ]


class Warehouse:
    """An in-memory warehouse: rows of a season in, every table of the project out, tests to ask."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.con = duckdb.connect()
        self.con.execute("set TimeZone = 'Asia/Ho_Chi_Minh'")
        self.con.execute("set preserve_insertion_order = false")
        self.con.execute("set threads = 1")  # small tables: threads only wait for one another
        for layer in ("accepted", "build", "reference", *{model.layer for model in project.models.values()}):
            self.con.execute(f'create schema if not exists "{layer}"')

    def fill(self, season: Season, year: int, known_at: str) -> None:
        """Lay a season's rows, lists and parameters under the models, as `Season.prepare` does in files."""
        for name, dataset in season.datasets.items():
            columns = [*dataset.columns, ("reporting_year", "INTEGER")]
            rows = [r | {"reporting_year": y} for (of, y), some in season.rows.items() if of == name for r in some]
            self._lay("accepted", name, columns, rows)
        overlay = season.home / "overlay_of_compiled"
        overlay.mkdir(parents=True, exist_ok=True)
        for old in overlay.glob("*.csv"):
            old.unlink()
        for name, text in season.overlay.items():
            (overlay / f"{name}.csv").write_text(text, encoding="utf-8")
        for name in load.names():
            columns = [(column, "VARCHAR") for column in load.columns(name, overlay)]
            rows = [{k: v or None for k, v in row.items()} for row in load.read(name, overlay)]
            self._lay("reference", name, columns, rows)
        asked = {"reporting_year": year, "known_at": known_at, "known_on": known_at[:10]}
        self._lay("build", "parameters", PARAMETERS, [asked | {"rule_version": "r", "code_version": "c"}])
        self._lay("build", "person_links", PERSON_LINKS, season.links)
        self._lay("build", "province_steps", PROVINCE_STEPS, season.steps)

    def run(self, names: list[str] | None = None, instead: dict[str, str] | None = None) -> None:
        """Make the tables of these models (all), with other SQL for some."""
        for name in self.project.models if names is None else names:
            self.con.execute(self.project.models[name].create((instead or {}).get(name)))

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Take back whatever is made inside."""
        self.con.execute("begin")
        try:
            yield
        finally:
            self.con.execute("rollback")

    def differs_from(self, built: Path) -> list[str]:
        """Return the models whose columns, types or rows are not those of a warehouse that dbt built."""
        self.con.execute(f"attach '{built}' as built (read_only)")
        try:
            return [model.name for model in self.project.models.values() if self._differs(model)]
        finally:
            self.con.execute("detach built")

    def _differs(self, model: Model) -> bool:
        one, other = f"select * from {model.table}", f"select * from built.{model.table}"
        asked = (f"({one}) except all ({other})", f"({other}) except all ({one})")
        types = [[row[:2] for row in self.query(f"describe {side}")] for side in (one, other)]
        return types[0] != types[1] or any(self.query(f"select 1 from ({sql}) limit 1") for sql in asked)

    def failing_tests(self, of: set[str] | None = None) -> list[str]:
        """Return the data tests that find rows; with `of`, only tests that read one of these models."""
        asked = {n: sql for n, (sql, reads) in self.project.tests.items() if of is None or of & reads}
        return [name for name, sql in asked.items() if self.query(f"select 1 from ({sql}) limit 1")]

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self.con.execute(sql).fetchall()

    def _lay(self, schema: str, name: str, columns: list[tuple[str, str]], rows: list[dict[str, Any]]) -> None:
        typed = ", ".join(f'"{column}" {kind}' for column, kind in columns)
        self.con.execute(f'create or replace table "{schema}"."{name}" ({typed})')
        insert(self.con, f'"{schema}"."{name}"', [column for column, _ in columns], rows)


def insert(con: duckdb.DuckDBPyConnection, table: str, columns: list[str], rows: list[dict[str, Any]]) -> None:
    """Insert rows by name, a thousand a statement; a missing key is NULL, text is cast to the column's type."""
    names = ", ".join(f'"{column}"' for column in columns)
    marks = f"({', '.join('?' for _ in columns)})"
    for start in range(0, len(rows), 1000):
        some = rows[start : start + 1000]
        values = [row.get(column) for row in some for column in columns]
        con.execute(f"insert into {table} ({names}) values {', '.join([marks] * len(some))}", values)


def _fingerprint() -> str:
    from dbt.version import __version__ as version

    digest = hashlib.sha256(version.encode())
    files = [path for path in PROJECT.rglob("*") if path.suffix in (".sql", ".yml") and "target" not in path.parts]
    for path in sorted(path for path in files if not path.match(UNIT_TESTS)):
        digest.update(path.relative_to(PROJECT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:32]


def _local(sql: str) -> str:
    return DATABASE.sub("", BUILD.sub(r'"build"."\1"', ACCEPTED.sub(r'"accepted"."\1"', sql)))


def _name(unique_id: str) -> str:
    return unique_id.rsplit(".", 1)[1]


def _names(node: dict[str, Any], models: dict[str, Any]) -> list[str]:
    return [_name(key) for key in node["depends_on"]["nodes"] if key in models]


def _model(node: dict[str, Any], models: dict[str, Any]) -> Model:
    columns = [
        (c["name"], c["data_type"], "not null" if {"not_null"} & {x["type"] for x in c["constraints"]} else "")
        for c in node["columns"].values()
        if node["contract"]["enforced"]
    ]
    sql = _local(node["compiled_code"])
    return Model(node["name"], node["schema"], sql, tuple(_names(node, models)), tuple(columns))


def _in_order(models: dict[str, Any]) -> list[str]:
    order: dict[str, None] = {}

    def visit(key: str) -> None:
        if key in models and key not in order:
            for below in models[key]["depends_on"]["nodes"]:
                visit(below)
            order[key] = None

    for key in sorted(models):
        visit(key)
    return list(order)


def _rows(one: dict[str, Any]) -> tuple[str, Any]:
    """Return the format and the rows; of csv as dbt reads it: empty is NULL, the rest is text."""
    form = one.get("format", "dict")
    if form != "csv":
        return form, one["rows"]
    return form, [{k: v or None for k, v in row.items()} for row in csv.DictReader(io.StringIO(one["rows"]))]
