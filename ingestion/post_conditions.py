"""What must be true of accepted once a collection is done, asked of the files themselves.

Lives here: counts and complaints per dataset, for asset checks. Does not live here: writing them (``acceptance.py``),
or whether the content is right (the gates).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.contracts.collection_tables import COLLECTION_TABLES, columns_of
from expectations.contracts.load import all_contracts
from expectations.contracts.model import accepted_columns
from expectations.home import Home

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class AcceptedState:
    """A dataset of a year as it lies on the disk: ``rows`` of all versions, and what is wrong with it."""

    dataset: str
    rows: int
    problems: tuple[str, ...]


def accepted_state(home: Home, year: int) -> list[AcceptedState]:
    """Every dataset and collection table of a year: there, with the promised columns, and without rows from nowhere."""
    import duckdb

    promised = [(contract.name, accepted_columns(contract)) for contract in all_contracts()]
    promised += [(table.name, columns_of(table)) for table in COLLECTION_TABLES]
    with duckdb.connect() as connection:
        return [_state(connection, home, year, name, columns) for name, columns in promised]


def _state(
    connection: duckdb.DuckDBPyConnection, home: Home, year: int, name: str, columns: list[tuple[str, str]]
) -> AcceptedState:
    path = home.accepted(name, year)
    if not path.is_file():
        return AcceptedState(name, 0, ("the file is not there",))
    found = connection.execute(
        "DESCRIBE SELECT * FROM read_parquet($path, hive_partitioning=false)", {"path": str(path)}
    )
    problems = []
    if [(row[0], row[1]) for row in found.fetchall()] != columns:
        problems.append("its columns are not the promised ones")
    (rows,) = _one(connection, "SELECT count(*) FROM read_parquet($path)", path)
    if rows and name not in {table.name for table in COLLECTION_TABLES}:
        problems += _stray(connection, path, home.accepted("submissions", year))
    return AcceptedState(name, rows, tuple(problems))


def _stray(connection: duckdb.DuckDBPyConnection, path: Path, submissions: Path) -> list[str]:
    """Rows of no submission, of a rejected one, or taken twice."""
    homeless, doubled = _one(
        connection,
        """
        SELECT
            count(*) FILTER (s.submission_id IS NULL OR s.outcome = 'rejected'),
            count(*) - count(DISTINCT (r.submission_id, coalesce(r.sheet, ''), r."row"))
        FROM read_parquet($path) AS r
        LEFT JOIN read_parquet($submissions) AS s ON s.submission_id = r.submission_id
        """,
        path,
        submissions=str(submissions),
    )
    problems = [f"{homeless} rows belong to no accepted submission"] if homeless else []
    return problems + ([f"{doubled} rows stand twice"] if doubled else [])


def _one(connection: duckdb.DuckDBPyConnection, query: str, path: Path, **more: str) -> tuple[int, ...]:
    row = connection.execute(query, {"path": str(path), **more}).fetchone()
    return row or (0,)
