"""The marts of a build as an edition holds them: `internal/marts.duckdb`, `internal/marts/*.parquet`, and their
content hash.

Rows are written in their own order, so that the same build gives the same parquet bytes. DuckDB writes a random id
into every file, so `marts.duckdb` is known by a hash over its DDL and ordered rows instead of its bytes.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

# Readable by every DuckDB since 1.5; newer files cannot be opened by older tools.
STORAGE_VERSION = "v1.5.0"
SCHEMAS = ("marts", "reports")
PRIVATE = 0o640


def export_marts(warehouse: Path, folder: Path) -> None:
    """Write `marts.duckdb` (schemas marts and reports) and `marts/<table>.parquet` (schema marts) into `folder`, mode
    0640.
    """
    import duckdb

    (folder / "marts").mkdir(parents=True, exist_ok=True)
    target = folder / "marts.duckdb"
    with duckdb.connect() as connection:
        connection.execute(f"attach '{_quoted(warehouse)}' as build (read_only)")
        connection.execute(f"attach '{_quoted(target)}' as edition (storage_version '{STORAGE_VERSION}')")
        for schema, table in _tables(connection, "build"):
            connection.execute(f'create schema if not exists edition."{schema}"')
            name = f'"{schema}"."{table}"'
            connection.execute(f"create table edition.{name} as select * from build.{name} order by all")
            if schema == "marts":
                parquet = _quoted(folder / "marts" / f"{table}.parquet")
                connection.execute(f"copy (select * from edition.{name} order by all) to '{parquet}' (format parquet)")
        connection.execute("detach build")
        connection.execute("detach edition")
    for file in (target, *(folder / "marts").iterdir()):
        file.chmod(PRIVATE)


def open_marts(database: Path) -> duckdb.DuckDBPyConnection:
    """A connection that reads an edition's marts as ``marts.<table>`` and ``reports.<table>``; the caller closes it.

    The file is attached under another name: opened directly its catalog is called marts like the schema in it, and
    DuckDB calls ``marts.<table>`` ambiguous.
    """
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"attach '{_quoted(database)}' as edition (read_only)")
    connection.execute("use edition")
    return connection


def content_hash(database: Path) -> str:
    """The sha256 over names, columns, types and ordered rows of the schemas marts and reports, as 64 hex digits."""
    total = hashlib.sha256()
    with open_marts(database) as connection:
        for schema, table in _tables(connection, "edition"):
            name = f'"{schema}"."{table}"'
            columns = connection.execute(f"describe {name}").fetchall()
            total.update(repr((schema, table, [column[:2] for column in columns])).encode())
            total.update(_rows_hash(connection, name).encode())
    return total.hexdigest()


def _rows_hash(connection: Any, name: str) -> str:
    """Hash of a table's rows whatever their order: the hash of the sorted hashes of the rows."""
    found = connection.execute(
        "select sha256(coalesce(string_agg(h, '' order by h), '')) "
        f"from (select sha256(cast(t as varchar)) as h from {name} as t)"
    ).fetchone()
    return str(found[0])


def _tables(connection: Any, catalog: str) -> list[tuple[str, str]]:
    return connection.execute(
        "select table_schema, table_name from information_schema.tables "
        "where table_catalog = ? and table_schema in (select unnest(?)) order by all",
        [catalog, list(SCHEMAS)],
    ).fetchall()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
