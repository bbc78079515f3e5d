"""A frozen build in miniature: accepted parquet by hand, reference lists, one dbtRunner call, marts to query.

Lives here: filling, building and reading a season for tests. Does not live here: fixtures (`conftest.py`), what must
come out (the test files, by hand).
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import yaml

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT / "dbt_project"
YEARS = (2024, 2025, 2026)

PARAMETERS = [
    ("reporting_year", "INTEGER"),
    ("known_at", "TIMESTAMPTZ"),
    ("known_on", "DATE"),
    ("rule_version", "VARCHAR"),
    ("code_version", "VARCHAR"),
]
PERSON_LINKS = [
    ("identity_key", "VARCHAR"),
    ("person_key", "VARCHAR"),
    ("valid_from_record", "TIMESTAMPTZ"),
    ("undone_at", "TIMESTAMPTZ"),
]
PROVINCE_STEPS = [
    ("reporting_year", "INTEGER"),
    ("event", "VARCHAR"),
    ("document_number", "VARCHAR"),
    ("happened_on", "DATE"),
    ("recorded_at", "TIMESTAMPTZ"),
]


@dataclass(frozen=True)
class Dataset:
    """An accepted dataset as its staging contract promises it: columns (name, type) and those that are never empty."""

    columns: list[tuple[str, str]]
    required: set[str]

    def defaults(self) -> dict[str, Any]:
        """Something for every column that may not be empty."""
        given = {"VARCHAR": "x", "BOOLEAN": False, "DATE": "2024-01-01"}
        return {name: given.get(kind, 0) for name, kind in self.columns if name in self.required}


def staging_datasets() -> dict[str, Dataset]:
    """The accepted datasets by name, without the partition column."""
    found: dict[str, Dataset] = {}
    path = PROJECT / "models" / "staging" / "accepted" / "_staging.yml"
    for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]:
        columns = [c for c in model["columns"] if c["name"] != "reporting_year"]
        found[model["name"].removeprefix("stg_accepted__")] = Dataset(
            columns=[(c["name"], c["data_type"]) for c in columns],
            required={c["name"] for c in columns if c.get("constraints")},
        )
    return found


def write_parquet(path: Path, columns: list[tuple[str, str]], rows: list[dict[str, Any]]) -> None:
    """Write rows as parquet with exactly these columns and types; missing keys are NULL."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ddl = ", ".join(f'"{name}" {kind}' for name, kind in columns)
    with duckdb.connect() as con:
        con.execute("set TimeZone = 'Asia/Ho_Chi_Minh'")
        con.execute(f"create table t ({ddl})")
        if rows:
            marks = ", ".join("?" for _ in columns)
            con.executemany(f"insert into t values ({marks})", [[row.get(name) for name, _ in columns] for row in rows])
        con.execute(f"copy t to '{path}' (format parquet)")


@dataclass
class Season:
    """A home's `build/.next` and accepted folder; fill it, build it, query it."""

    home: Path
    target: Path
    datasets: dict[str, Dataset] = field(default_factory=staging_datasets)
    rows: dict[tuple[str, int], list[dict[str, Any]]] = field(default_factory=dict)
    overlay: dict[str, str] = field(default_factory=dict)
    steps: list[dict[str, Any]] = field(default_factory=list)
    links: list[dict[str, Any]] = field(default_factory=list)

    @property
    def next(self) -> Path:
        return self.home / "build" / ".next"

    @property
    def accepted(self) -> Path:
        return self.home / "accepted"

    def reset(self) -> None:
        """Forget all rows and lists of the test before."""
        for store in (self.rows, self.overlay, self.steps, self.links):
            store.clear()

    def add(self, dataset: str, year: int, rows: list[dict[str, Any]], **same: Any) -> None:
        """Add accepted rows; `same` fills columns that all of them share; provenance has defaults."""
        promised = self.datasets[dataset]
        arrived = f"{year}-11-20T09:00:00+07:00"
        usual = {"submission_id": f"{dataset}-{year}", "version": 1, "received_at": arrived, "recorded_at": arrived}
        usual = {name: value for name, value in usual.items() if name in dict(promised.columns)}
        here = self.rows.setdefault((dataset, year), [])
        for row in rows:
            full = promised.defaults() | usual | {"row": 6 + len(here)} | same | row
            if "row" not in dict(promised.columns):
                full.pop("row")
            assert set(full) <= set(dict(promised.columns)), sorted(set(full) - set(dict(promised.columns)))
            here.append(full)

    def send(self, year: int, agency: str, at: str, outcome: str = "accepted", **more: Any) -> str:
        """Record a workbook of an agency; its forms come back nil unless `forms` says otherwise."""
        forms = more.pop("forms", dict.fromkeys(("cover", "B02", "B03", "B04", "B05"), "nil"))
        version = 1 + sum(r["agency_code"] == agency for r in self.rows.get(("submissions", year), []))
        submission = f"{agency}-{year}-{version}"
        same = {"submission_id": submission, "agency_code": agency, "received_at": at, "recorded_at": at}
        same["version"] = version
        self.add("submissions", year, [{"kind": "workbook", "outcome": outcome, **more}], **same)
        if outcome != "rejected":
            self.add("form_returns", year, [{"form": f, "state": s} for f, s in forms.items()], **same)
        return submission

    def lists(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Replace a reference list for this build (an overlay)."""
        text = io.StringIO()
        writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        self.overlay[name] = text.getvalue()

    def prepare(self, year: int, known_at: str) -> None:
        """Write accepted parquet, reference lists and build parameters, as orchestration does."""
        from expectations.reference import load

        for name, dataset in self.datasets.items():
            for y in YEARS:
                path = self.accepted / name / f"reporting_year={y}" / "data.parquet"
                write_parquet(path, dataset.columns, self.rows.get((name, y), []))
        overlay = self.home / "reference"
        overlay.mkdir(parents=True, exist_ok=True)
        for old in overlay.glob("*.csv"):
            old.unlink()
        for name, text in self.overlay.items():
            (overlay / f"{name}.csv").write_text(text, encoding="utf-8")
        load.materialise(self.next / "reference", overlay, datetime.fromisoformat(known_at))
        asked = {"reporting_year": year, "known_at": known_at, "known_on": known_at[:10]}
        asked |= {"rule_version": "r", "code_version": "c"}
        write_parquet(self.next / "parameters.parquet", PARAMETERS, [asked])
        write_parquet(self.next / "person_links.parquet", PERSON_LINKS, self.links)
        write_parquet(self.next / "province_steps.parquet", PROVINCE_STEPS, self.steps)

    def dbt(self, *arguments: str) -> Any:
        """Run one dbt command in process; returns dbtRunnerResult."""
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager
        from dbt.cli.main import dbtRunner

        from orchestration.settings import environment

        places = environment(
            NHANTAI_WAREHOUSE=self.next / "warehouse.duckdb",
            NHANTAI_ACCEPTED=self.accepted,
            NHANTAI_NEXT=self.next,
            NHANTAI_DBT_TARGET="duckdb",
        )
        folders = [
            "--project-dir",
            str(PROJECT),
            "--profiles-dir",
            str(PROJECT),
            "--target-path",
            str(self.target),
            "--log-path",
            str(self.target / "logs"),
        ]
        try:
            with places:
                return dbtRunner().invoke([*arguments, *folders, "--quiet"])
        finally:
            if DuckDBConnectionManager._ENV is not None:
                DuckDBConnectionManager._ENV.close()
            DuckDBConnectionManager.close_all_connections()

    def build(self, year: int, known_at: str, *, unit_tests: bool = False) -> Any:
        """Prepare and build everything into a fresh warehouse."""
        (self.next / "warehouse.duckdb").unlink(missing_ok=True)
        self.prepare(year, known_at)
        left_out = ["exposure"] if unit_tests else ["exposure", "unit_test"]
        return self.dbt("build", *(f"--exclude-resource-type={kind}" for kind in left_out))

    def build_or_fail(self, year: int, known_at: str, *, unit_tests: bool = False) -> None:
        """Build; an assertion error names whatever did not pass."""
        found = failures(self.build(year, known_at, unit_tests=unit_tests))
        assert not found, "\n".join(found)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Read the warehouse without writing."""
        with duckdb.connect(str(self.next / "warehouse.duckdb"), read_only=True) as con:
            return con.execute(sql).fetchall()


def failures(result: Any) -> list[str]:
    """Names and messages of what did not pass in a dbt run, for an assertion's text."""
    if result.exception is not None:
        return [str(result.exception)]
    return [f"{r.node.name}: {r.status} {r.message}" for r in result.result if r.status not in ("success", "pass")]
