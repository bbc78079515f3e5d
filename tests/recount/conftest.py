"""A small accepted world for the recount: rows of the worked examples as parquet in the shape ingestion writes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from expectations.contracts.collection_tables import COLLECTION_TABLES, columns_of
from expectations.contracts.load import all_contracts
from expectations.contracts.model import accepted_columns
from expectations.reference import load
from reporting.recount import recount, recount_printed

ARROW = {
    "VARCHAR": pa.string(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "DECIMAL(18,4)": pa.decimal128(18, 4),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMP WITH TIME ZONE": pa.timestamp("us", tz="UTC"),
}
ALWAYS = {
    "submission_id": "0000000000000001",
    "version": 1,
    "received_at": "2024-11-01T08:00:00+07:00",
    "recorded_at": "2024-11-01T08:00:00+07:00",
    "rule_version": "000000000000",
}


def _columns() -> dict[str, list[tuple[str, str]]]:
    datasets = {contract.name: accepted_columns(contract) for contract in all_contracts()}
    return datasets | {table.name: columns_of(table) for table in COLLECTION_TABLES}


READ_BY_THE_RECOUNT = (
    "plans", "talents", "departures", "trainings", "recruitment_register", "staff_snapshots", "training_records",
    "person_assignments", "submissions", "nominations", "commendations", "violations", "communications",
    "overseas_talents", "talent_pools", "policy_grants", "policy_documents", "inspections",
)  # fmt: skip
COLUMNS = {name: columns for name, columns in _columns().items() if name in READ_BY_THE_RECOUNT}


@dataclass
class World:
    """Rows by dataset and reporting year, a reference overlay, and the recount over them."""

    root: Path
    rows: dict[tuple[str, int], list[dict[str, Any]]] = field(default_factory=dict)
    overlay: dict[str, str] = field(default_factory=dict)
    steps: list[dict[str, Any]] = field(default_factory=list)
    decisions: list[dict[str, Any]] = field(default_factory=list)
    count: int = 0

    def add(self, dataset: str, year: int, **cells: Any) -> None:
        """Add an accepted row; `person` stands for the identity, dates and instants are ISO text."""
        self.count += 1
        if "person" in cells:
            cells["identity_key"] = cells.pop("person")
        known = {name for name, _ in COLUMNS[dataset]}
        row = {name: value for name, value in ALWAYS.items() if name in known} | {"row": self.count} | cells
        assert set(row) - {"row"} <= known, (dataset, set(row) - known)
        self.rows.setdefault((dataset, year), []).append(row)

    def decide(self, verdict: str, one: str, other: str, at: str) -> None:
        """Add a decision about two identities, as the ledger keeps it."""
        number = len(self.decisions) + 1
        self.decisions.append({"seq": number, "at": at, "identities": [one, other], "verdict": verdict})

    def write(self) -> tuple[Path, Path]:
        """Write accepted parquet (every dataset read exists) and the merged reference lists; return both folders."""
        accepted, reference = self.root / "accepted", self.root / "reference"
        years = {year for _, year in self.rows} | {2024}
        for dataset, columns in COLUMNS.items():
            schema = pa.schema([(name, ARROW[kind]) for name, kind in columns])
            for year in years:
                cells = [_typed(row, columns) for row in self.rows.get((dataset, year), [])]
                path = accepted / dataset / f"reporting_year={year}" / "data.parquet"
                path.parent.mkdir(parents=True, exist_ok=True)
                pq.write_table(pa.Table.from_pylist(cells, schema=schema), path)
        overlay = self.root / "overlay"
        overlay.mkdir(exist_ok=True)
        for name, text in self.overlay.items():
            (overlay / f"{name}.csv").write_text(text, encoding="utf-8")
        load.materialise(reference, overlay)
        return accepted, reference

    def recount(self, reporting_year: int, known_at: str) -> "Counts":
        """Return the recounted figures."""
        accepted, reference = self.write()
        return Counts(recount(accepted, reference, self._parameters(reporting_year, known_at)))

    def printed(self, reporting_year: int, known_at: str) -> dict[str, int | Decimal]:
        """Return the recounted numbers of annex IX by ``table/row/column``, noughts left out."""
        accepted, reference = self.write()
        rows = recount_printed(accepted, reference, self._parameters(reporting_year, known_at))
        return {"/".join((row["table"], row["row"], row["column"])): row["count"] for row in rows if row["count"]}

    def _parameters(self, reporting_year: int, known_at: str) -> dict[str, Any]:
        return {
            "reporting_year": reporting_year,
            "known_at": known_at,
            "province_steps": self.steps,
            "person_decisions": self.decisions,
        }


class Counts:
    """The recounted rows, asked by figure."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows

    def of(self, indicator: str, year: int, agency: str = "LS", on: str = "as_reported") -> tuple[int, int] | None:
        """Return (n, N), None when there is no such row."""
        found = [
            (row["numerator"], row["denominator"])
            for row in self.rows
            if (row["indicator_code"], row["reporting_year"], row["agency_code"], row["structure_on"])
            == (indicator, year, agency, on)
        ]
        assert len(found) <= 1
        return found[0] if found else None

    def nonzero(self, indicator: str, year: int, on: str = "as_reported") -> dict[str, tuple[int, int]]:
        """Return {agency: (n, N)} of the rows with N > 0."""
        return {
            row["agency_code"]: (row["numerator"], row["denominator"])
            for row in self.rows
            if (row["indicator_code"], row["reporting_year"], row["structure_on"]) == (indicator, year, on)
            and row["denominator"]
        }


def _typed(row: dict[str, Any], columns: list[tuple[str, str]]) -> dict[str, Any]:
    makers: dict[str, Callable[[Any], Any]] = {
        "DATE": date.fromisoformat,
        "TIMESTAMP WITH TIME ZONE": datetime.fromisoformat,
        "DECIMAL(18,4)": Decimal,
    }
    typed = {}
    for name, kind in columns:
        value = row.get(name)
        typed[name] = value if value is None else makers.get(kind, lambda same: same)(value)
        if typed[name] is None and kind == "BIGINT" and name.startswith("rows_"):
            typed[name] = 0
    return typed


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def agencies() -> Callable[[str], str]:
    """Turn lines "code kind valid_from valid_to" into a whole agencies.csv (all in scope, all reporting)."""

    def text(lines: str) -> str:
        header = load.columns("agencies")
        rows = [",".join(header), "LS,LS,Tỉnh,Tỉnh,Province,province,province,,yes,no,2010-01-01,,,yes,0,"]
        for number, line in enumerate(lines.strip().splitlines(), start=1):
            code, kind, valid_from, *rest = line.split()
            until = rest[0] if rest else ""
            rows.append(
                f"{code},{code},{code},{code},{code},{kind},province,LS,yes,yes,{valid_from},{until},,yes,{number},"
            )
        return "\n".join(rows) + "\n"

    return text
