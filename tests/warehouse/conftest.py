"""A frozen build in miniature: accepted parquet by hand, reference lists, one dbtRunner call, marts to query.

Lives here: the fixtures of the warehouse tests. Does not live here: what must come out (the test files, by hand).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT / "dbt_project"
YEARS = (2024, 2025, 2026)
TEXT_TIME = "2024-01-02T08:00:00+07:00"

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


def staging_columns() -> dict[str, list[tuple[str, str]]]:
    """Columns of each accepted dataset as the generated staging contracts promise them (without the partition)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for path in sorted((PROJECT / "models" / "staging" / "accepted").glob("*.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
            name = model["name"].removeprefix("stg_accepted__")
            columns = [(c["name"], c["data_type"]) for c in model["columns"]]
            found[name] = [c for c in columns if c[0] != "reporting_year"]
    return found


def table(text: str) -> list[dict[str, str | None]]:
    """Rows of a small `a | b | c` table, as the dossier prints them; `–` and blank are NULL."""
    lines = [line.strip().strip("|") for line in text.strip().splitlines() if line.strip()]
    header, *body = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [
        dict(zip(header, [None if cell in ("", "–") else cell for cell in row], strict=True))
        for row in body
    ]


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
    patch: pytest.MonkeyPatch
    columns: dict[str, list[tuple[str, str]]] = field(default_factory=staging_columns)
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
        known = {name for name, _ in self.columns[dataset]}
        for number, row in enumerate(rows, start=6):
            full = {"submission_id": f"{dataset}-{year}", "version": 1, "received_at": f"{year}-11-20T09:00:00+07:00",
                    "recorded_at": f"{year}-11-20T09:00:00+07:00", "rule_version": "r", "sheet": None, "row": number}
            full = {k: v for k, v in full.items() if k in known} | same | row
            assert set(full) <= known, sorted(set(full) - known)
            self.rows.setdefault((dataset, year), []).append(full)

    def send(self, year: int, agency: str, at: str, outcome: str = "accepted", **more: Any) -> str:
        """Record a workbook of an agency: one row of `submissions`, forms returned nil unless `forms` says otherwise."""
        forms = more.pop("forms", dict.fromkeys(("cover", "B02", "B03", "B04", "B05"), "nil"))
        version = 1 + sum(r["agency_code"] == agency for r in self.rows.get(("submissions", year), []))
        submission = f"{agency}-{year}-{version}"
        same = {"submission_id": submission, "agency_code": agency, "received_at": at, "recorded_at": at, "version": version}
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

        for dataset, columns in self.columns.items():
            for y in YEARS:
                path = self.accepted / dataset / f"reporting_year={y}" / "data.parquet"
                write_parquet(path, columns, self.rows.get((dataset, y), []))
        overlay = self.home / "reference"
        overlay.mkdir(parents=True, exist_ok=True)
        for old in overlay.glob("*.csv"):
            old.unlink()
        for name, text in self.overlay.items():
            (overlay / f"{name}.csv").write_text(text, encoding="utf-8")
        load.materialise(self.next / "reference", overlay)
        parameters = {"reporting_year": year, "known_at": known_at, "known_on": known_at[:10], "rule_version": "r", "code_version": "c"}
        write_parquet(self.next / "parameters.parquet", PARAMETERS, [parameters])
        write_parquet(self.next / "person_links.parquet", PERSON_LINKS, self.links)
        write_parquet(self.next / "province_steps.parquet", PROVINCE_STEPS, self.steps)

    def dbt(self, *arguments: str) -> Any:
        """Run one dbt command in process; returns dbtRunnerResult."""
        from dbt.cli.main import dbtRunner

        for name, value in {"NHANTAI_WAREHOUSE": self.next / "warehouse.duckdb", "NHANTAI_ACCEPTED": self.accepted,
                            "NHANTAI_NEXT": self.next, "NHANTAI_DBT_TARGET": "duckdb"}.items():
            self.patch.setenv(name, str(value))
        folders = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--target-path", str(self.target),
                   "--log-path", str(self.target / "logs")]
        return dbtRunner().invoke([*arguments, *folders, "--quiet"])

    def build(self, year: int, known_at: str, *, unit_tests: bool = False) -> Any:
        """Prepare and build everything into a fresh warehouse."""
        (self.next / "warehouse.duckdb").unlink(missing_ok=True)
        self.prepare(year, known_at)
        extra = [] if unit_tests else ["--exclude-resource-type", "unit_test"]
        return self.dbt("build", *extra)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Read the warehouse without writing."""
        with duckdb.connect(str(self.next / "warehouse.duckdb"), read_only=True) as con:
            return con.execute(sql).fetchall()


@pytest.fixture(scope="session")
def season_of_the_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Season]:
    """One home and one dbt target folder for all warehouse tests: partial parsing stays warm."""
    root = tmp_path_factory.mktemp("warehouse")
    patch = pytest.MonkeyPatch()
    yield Season(home=root / "home", target=root / "target", patch=patch)
    patch.undo()


@pytest.fixture
def season(season_of_the_session: Season) -> Season:
    """An empty season to fill."""
    season_of_the_session.reset()
    return season_of_the_session


def failures(result: Any) -> list[str]:
    """Names and messages of what did not pass in a dbt run, for an assertion's text."""
    if result.exception is not None:
        return [str(result.exception)]
    return [f"{r.node.name}: {r.status} {r.message}" for r in result.result if r.status not in ("success", "pass")]
