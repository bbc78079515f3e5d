"""Builder of a small typed relation: clean rows of every dataset, changed where a test says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from expectations.contracts.load import all_contracts, load
from expectations.contracts.model import typed_columns

PERSON = {"full_name": "Nông Văn Thử", "national_id": "003090123456", "birth_date": "1990-05-04", "sex": "nam"}
COVER = {"agency_code": "SNV", "reporting_year": 2025, "figures_as_of": "2025-11-30", "document_date": "2025-11-30"}
TALENT = {
    **PERSON,
    "level": "duoc_cong_nhan",
    "talent_group": "N2",
    "sector": "LV01",
    "staff_kind": "vien_chuc",
    "degree": "tien_si",
    "entry_route": "thu_hut",
    "legal_basis": "ND179_N3",
    "recognition_number": "7/QĐ-UBND",
    "recognised_on": "2025-03-10",
    "recognition_authority": "chu_tich_ubnd_tinh",
    "started_on": "2025-04-01",
}
RECRUIT = {
    **PERSON,
    "decision_number": "9/QĐ-SNV",
    "decided_on": "2025-05-05",
    "effective_on": "2025-06-01",
    "agency_code": "SNV",
    "deciding_agency_code": "SNV",
    "staff_kind": "vien_chuc",
    "recruitment_form": "XT",
    "status": "hieu_luc",
}


class TypedDatabase:
    """Typed tables as ingestion writes them; rows are added with ``add`` and the connection is there to be asked."""

    def __init__(self, path: Path | str = ":memory:") -> None:
        self.connection = duckdb.connect(str(path))
        self.connection.execute("CREATE SCHEMA typed")
        for contract in all_contracts():
            columns = ", ".join(f'"{name}" {kind}' for name, kind in typed_columns(contract))
            self.connection.execute(f"CREATE TABLE typed.{contract.name} ({columns})")
        self.connection.execute(
            "CREATE TABLE typed._columns (submission_id VARCHAR, dataset VARCHAR, field VARCHAR, sheet VARCHAR,"
            " column_letter VARCHAR, header VARCHAR)"
        )

    def add(self, dataset: str, values: dict[str, Any], submission: str = "s1", row: int = 6, **change: Any) -> None:
        """One row; ``<field>__raw`` is the value as text unless ``change`` says otherwise."""
        contract = load(dataset)
        row_values = {**values, **change}
        raws = {f"{n}__raw": None if v is None else str(v) for n, v in row_values.items() if not n.endswith("__raw")}
        known = {"submission_id": submission, "sheet": contract.code, "row": row, **raws, **row_values}
        if contract.channel == "workbook":
            known.setdefault("agency_code", "SNV")
        columns = [name for name, _ in typed_columns(contract)]
        marks = ", ".join("?" for _ in columns)
        self.connection.execute(f"INSERT INTO typed.{dataset} VALUES ({marks})", [known.get(n) for n in columns])

    def locate(self, dataset: str, letters: dict[str, str], submission: str = "s1") -> None:
        """Say in which column each field stands."""
        code = load(dataset).code
        for field, letter in letters.items():
            self.connection.execute(
                "INSERT INTO typed._columns VALUES (?, ?, ?, ?, ?, ?)",
                [submission, dataset, field, code, letter, field],
            )
