"""Builder of a small warehouse with the marts that gate 2 looks at; columns are those that dbt enforces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import yaml

from expectations.contracts import collection_tables
from expectations.contracts.load import load
from expectations.contracts.model import accepted_columns

MARTS = Path(__file__).parents[2] / "dbt_project/models/marts"
TABLES = ("fct_indicator_values", "fct_submissions", "fct_findings", "fct_forms", "fct_recruitment_controls",
          "dim_indicators", "dim_agencies", "dim_codes")  # fmt: skip
RESOLVED = [("agency_written", "VARCHAR"), ("on_day", "DATE"), ("agency_code", "VARCHAR"), ("priority", "INTEGER")]
YEAR = 2025
HEADLINES = {
    "CT01": ("on_time", 3, 7),
    "CT02": ("annual_persons", 2, 22),
    "CT03": ("tu_2030", 2, 22),
    "CT04": ("strict", 0, 0),
    "CT05": ("reading_a", 1, 3),
    "CT06": ("arrived_and_taken", 1, 2),
    "CT07": ("signed", 0, 1),
}


class YearWarehouse:
    """A publishable year of two agencies; tests spoil it through ``sql``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with duckdb.connect(str(path)) as connection:
            connection.execute("CREATE SCHEMA marts; CREATE SCHEMA staging; CREATE SCHEMA intermediate")
            _create(connection, "intermediate.int_agencies__resolved", RESOLVED)
            for table in TABLES:
                _create(connection, f"marts.{table}", _mart_columns(table))
            year = [("reporting_year", "INTEGER")]
            register = accepted_columns(load("recruitment_register"))
            _create(connection, "staging.stg_accepted__recruitment_register", register + year)
            coverage = accepted_columns(load("register_coverage"))
            _create(connection, "staging.stg_accepted__register_coverage", coverage + year)
            explanations = collection_tables.columns_of(collection_tables.EXPLANATIONS)
            _create(connection, "staging.stg_accepted__explanations", explanations + year)
            parameters = collection_tables.columns_of(collection_tables.PARAMETERS)
            _create(connection, "staging.stg_build__parameters", parameters)
            self._fill(connection)

    def sql(self, statement: str) -> None:
        """Change the warehouse."""
        with duckdb.connect(str(self.path)) as connection:
            connection.execute(statement)

    def recount(self) -> list[dict[str, Any]]:
        """The headline figures as an honest recount would give them."""
        names = (
            "indicator_code, reading, reporting_year, period_code, agency_code, structure_on, numerator, denominator"
        )
        with duckdb.connect(str(self.path), read_only=True) as connection:
            rows = connection.execute(f"SELECT {names} FROM marts.fct_indicator_values WHERE is_headline").fetchall()
        return [dict(zip(names.split(", "), row, strict=True)) for row in rows]

    def _fill(self, connection: Any) -> None:
        _insert(connection, "staging.stg_build__parameters", reporting_year=YEAR)
        for code, (reading, n, d) in HEADLINES.items():
            _insert(connection, "marts.dim_indicators", indicator_code=code, headline_reading=reading,
                    headline_period="KY_LICH")  # fmt: skip
            for structure in ("as_reported", "2025-12-31"):
                _figure(connection, code, reading, "LS", structure, n, d)
        for agency, n, d in (("SNV", 2, 20), ("STC", 0, 2)):
            _figure(connection, "CT02", "annual_persons", agency, "as_reported", n, d)
            _insert(connection, "marts.dim_agencies", agency_code=agency, name_vi=f"Sở {agency}")
            _insert(connection, "marts.fct_submissions", reporting_year=YEAR, agency_code=agency, is_owed=True,
                    first_accepted_at="2025-11-20 08:00:00+07:00")  # fmt: skip
        for written in ("SNV", "Sở Nội vụ tỉnh"):
            _insert(connection, "intermediate.int_agencies__resolved", agency_written=written, on_day="2025-05-05",
                    agency_code="SNV")  # fmt: skip
        _insert(connection, "marts.fct_forms", reporting_year=YEAR, agency_code="SNV", form="B02", state="filled",
                rows_rejected=0)  # fmt: skip
        _insert(connection, "marts.dim_codes", list="recruitment_form", code="XT", label_vi="Xét tuyển")
        _insert(connection, "marts.fct_recruitment_controls", reporting_year=YEAR, agency_code="SNV",
                recruitment_form="XT", staff_kind="vien_chuc", register_count=20, summary_count=20)  # fmt: skip
        _insert(connection, "marts.fct_findings", reporting_year=YEAR, agency_code="SNV", rule="B03-ID-BIRTH-SEX",
                severity="query", is_explained=True)  # fmt: skip
        _insert(connection, "staging.stg_accepted__recruitment_register", submission_id="r1",
                decision_number="9/QĐ-SNV", deciding_agency_code="SNV", decided_on="2025-05-05")  # fmt: skip


def _figure(connection: Any, code: str, reading: str, agency: str, structure: str, n: int, d: int) -> None:
    value = round(100 * n / d, 4) if d else None
    _insert(connection, "marts.fct_indicator_values", indicator_code=code, reading=reading, is_headline=True,
            reporting_year=YEAR, period_code="KY_LICH", agency_code=agency, structure_on=structure, numerator=n,
            denominator=d, value=value, verdict="no_target")  # fmt: skip


def _mart_columns(table: str) -> list[tuple[str, str]]:
    properties = yaml.safe_load((MARTS / f"{table}.yml").read_text(encoding="utf-8"))
    return [(column["name"], column["data_type"]) for column in properties["models"][0]["columns"]]


def _create(connection: Any, table: str, columns: list[tuple[str, str]]) -> None:
    declared = ", ".join(f'"{name}" {kind}' for name, kind in columns)
    connection.execute(f"CREATE TABLE {table} ({declared})")


def _insert(connection: Any, table: str, **row: Any) -> None:
    marks = ", ".join("?" for _ in row)
    connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
