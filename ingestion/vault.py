"""The vault: the typed relation of a year, identities and names. Nobody but the pipeline's user reads here.

Lives here: making the typed database, putting interpreted workbooks into it, what the vault remembers of persons.
Does not live here: registers (registers/load.py), judging (gate 1), leaving the vault (acceptance.py).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.contracts.load import all_contracts
from expectations.contracts.model import Contract, typed_columns
from expectations.home import Home
from ingestion.landing import sync_folder

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from ingestion.workbook.interpreted import ColumnAddress, Interpreted

MEMORY_LIMIT = "2GB"
_ADDRESSES = (
    ("submission_id", "VARCHAR"),
    ("dataset", "VARCHAR"),
    ("field", "VARCHAR"),
    ("sheet", "VARCHAR"),
    ("column_letter", "VARCHAR"),
    ("header", "VARCHAR"),
)


def typed_path(home: Home, year: int) -> Path:
    """The typed database of a year, closed and whole."""
    return home.vault / "typed" / f"{year}.duckdb"


def prepare(home: Home) -> None:
    """Make the vault's folders, closed to others."""
    for folder in (home.vault, home.vault / "typed", home.vault / "spill"):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    for leftover in (home.vault / "spill").iterdir():
        leftover.unlink()  # of a killed run: it holds personal data and nobody reads it again


def open_database(home: Home, path: Path) -> duckdb.DuckDBPyConnection:
    """Open (or make) a database with bounded memory that spills inside the vault. The caller closes it."""
    import duckdb

    connection = duckdb.connect(str(path))
    connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
    connection.execute(f"SET temp_directory = '{_quoted(home.vault / 'spill')}'")
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def new_typed(home: Home, path: Path) -> duckdb.DuckDBPyConnection:
    """Make an empty typed database: a table per contract and `typed._columns`. What lay at `path` is removed."""
    for stale in (path, path.with_name(path.name + ".wal")):
        stale.unlink(missing_ok=True)
    connection = open_database(home, path)
    path.chmod(0o600)
    connection.execute("CREATE SCHEMA typed")
    for contract in all_contracts():
        connection.execute(f"CREATE TABLE typed.{contract.name} ({_declared(typed_columns(contract))})")
    connection.execute(f"CREATE TABLE typed._columns ({_declared(_ADDRESSES)})")
    return connection


def add_workbooks(connection: duckdb.DuckDBPyConnection, workbooks: Mapping[str, Interpreted]) -> None:
    """Insert the rows and column addresses of interpreted workbooks, by submission id; one INSERT per dataset."""
    for contract in all_contracts():
        if contract.channel == "workbook":
            rows = [
                _row(contract, submission_id, book, row)
                for submission_id, book in workbooks.items()
                for row in book.rows.get(contract.name, ())
            ]
            _insert(connection, f"typed.{contract.name}", typed_columns(contract), rows)
    addresses = [_address(sid, column) for sid, book in workbooks.items() for column in book.columns]
    add_addresses(connection, addresses)


def make_table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    """Make a temporary table of these columns (name, DuckDB type) and rows."""
    connection.execute(f"CREATE OR REPLACE TEMPORARY TABLE {name} ({_declared(columns)})")
    _insert(connection, name, columns, rows)


def add_addresses(connection: duckdb.DuckDBPyConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert into `typed._columns`: submission_id, dataset, field, sheet, column_letter, header."""
    _insert(connection, "typed._columns", _ADDRESSES, rows)


def column_letter(connection: duckdb.DuckDBPyConnection, submission_id: str, dataset: str, field: str) -> str | None:
    """The column of a field in the file of a submission; None where it has none, as in a parquet file."""
    found = connection.execute(
        "SELECT column_letter FROM typed._columns WHERE submission_id = ? AND dataset = ? AND field = ?",
        [submission_id, dataset, field],
    ).fetchone()
    return str(found[0]) if found and found[0] else None


def take_over(connection: duckdb.DuckDBPyConnection, database: Path, submission_ids: Sequence[str]) -> None:
    """Copy the typed rows and column addresses of these submissions from `database`, an older typed relation."""
    connection.execute(f"ATTACH '{_quoted(database)}' AS older (READ_ONLY)")
    try:
        for name in (*(contract.name for contract in all_contracts()), "_columns"):
            connection.execute(
                f"INSERT INTO typed.{name} SELECT * FROM older.typed.{name} WHERE submission_id IN (SELECT unnest(?))",
                [list(submission_ids)],
            )
    finally:
        connection.execute("DETACH older")


def part_of(home: Home, database: Path, submission_ids: Sequence[str]) -> Path:
    """A typed database beside this one that holds nothing but these submissions. The caller removes it."""
    part = database.with_name(f"{database.stem}.part.duckdb")
    connection = new_typed(home, part)
    try:
        take_over(connection, database, submission_ids)
    finally:
        connection.close()
    return part


def remember_persons(connection: duckdb.DuckDBPyConnection, home: Home, datasets: Iterable[str]) -> None:
    """Add the temporary table `identity` and the names of these datasets to the vault's two files; nothing is lost.

    `identities.parquet`: identity_key, identity_kind, national_id · `names.parquet`: identity_key, full_name.
    """
    known = "SELECT identity_key, identity_kind, national_id FROM identity"
    _merge(connection, home.vault / "identities.parquet", known)
    parts = [
        f"SELECT i.identity_key, t.full_name FROM typed.{dataset} AS t JOIN identity AS i "
        "ON i.identity_kind = coalesce(t.identity_kind, 'cccd') AND i.national_id = t.national_id "
        "WHERE t.full_name IS NOT NULL"
        for dataset in datasets
    ]
    if parts:
        _merge(connection, home.vault / "names.parquet", " UNION ALL ".join(parts))


def write_parquet(connection: duckdb.DuckDBPyConnection, path: Path, select: str, mode: int = 0o640) -> bool:
    """Write the ordered rows of `select` whole: temp file, fsync, rename. False when the bytes were there already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temp = path.with_name(f".{path.name}.next")
    connection.execute(f"COPY ({select}) TO '{_quoted(temp)}' (FORMAT parquet, COMPRESSION zstd)")
    if path.exists() and _same_bytes(path, temp):
        temp.unlink()
        return False
    temp.chmod(mode)
    with temp.open("rb") as stream:
        os.fsync(stream.fileno())
    os.replace(temp, path)
    sync_folder(path.parent)
    return True


def write_bytes(path: Path, content: bytes, mode: int = 0o640) -> bool:
    """Write a small file whole: temp file, fsync, rename. False when it had this content already."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temp = path.with_name(f".{path.name}.next")
    with temp.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    temp.chmod(mode)
    os.replace(temp, path)
    return True


def _merge(connection: duckdb.DuckDBPyConnection, path: Path, select: str) -> None:
    """Add the rows that `path` does not have yet; without new ones nothing is sorted and nothing written."""
    if path.is_file():
        known = f"SELECT * FROM read_parquet('{_quoted(path)}')"
        if connection.execute(f"SELECT 1 FROM ({select} EXCEPT {known}) LIMIT 1").fetchone() is None:
            return
        select = f"{select} UNION ALL {known}"
    write_parquet(connection, path, f"SELECT DISTINCT * FROM ({select}) ORDER BY ALL", mode=0o600)


def _same_bytes(one: Path, other: Path) -> bool:
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as left, other.open("rb") as right:
        while block := left.read(1 << 20):
            if block != right.read(1 << 20):
                return False
    return True


def _row(contract: Contract, submission_id: str, book: Interpreted, row: Mapping[str, Any]) -> dict[str, Any]:
    """A typed row; the sender's unique code stands in `agency_code`, on the cover too (as written in its __raw)."""
    full = {**row, "submission_id": submission_id}
    if contract.name == "cover" or "agency_code" not in contract.field_names:
        full["agency_code"] = book.agency_code
    return full


def _address(submission_id: str, column: ColumnAddress) -> dict[str, str]:
    return {
        "submission_id": submission_id,
        "dataset": column.dataset,
        "field": column.field,
        "sheet": column.sheet,
        "column_letter": column.column_letter,
        "header": column.header,
    }


def _insert(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    if not rows:
        return
    import pyarrow as pa

    schema = pa.schema([(name, _arrow_type(kind)) for name, kind in columns])
    arrays = [pa.array([row.get(f.name) for row in rows], type=f.type) for f in schema]
    connection.register("nhantai_batch", pa.Table.from_arrays(arrays, schema=schema))
    connection.execute(f"INSERT INTO {table} SELECT * FROM nhantai_batch")
    connection.unregister("nhantai_batch")


def _arrow_type(duckdb_type: str) -> pa.DataType:
    import pyarrow as pa

    return {
        "VARCHAR": pa.string(),
        "INTEGER": pa.int32(),
        "BIGINT": pa.int64(),
        "DECIMAL(18,4)": pa.decimal128(18, 4),
        "BOOLEAN": pa.bool_(),
        "DATE": pa.date32(),
        "TIMESTAMP WITH TIME ZONE": pa.timestamp("us", tz="UTC"),
    }[duckdb_type]


def _declared(columns: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f'"{name}" {kind}' for name, kind in columns)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
