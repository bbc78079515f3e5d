"""A landed register as a relation of text: its headers, and columns c0, c1, … with the row each stood in.

Lives here: opening csv (plain or gzip), parquet and sheets read in the jail; ragged lines become rejects, not guesses.
Does not live here: which column is which field (layout.py, typed.py).
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ingestion.registers.layout import Format, Layout

MAX_REJECTS = 1_000
_HEADER_BYTES = 1 << 20
_ENCODINGS = {"utf-8": "utf-8-sig", "utf-16": "utf-16", "latin-1": "latin-1"}
_INTEGRAL = {"FLOAT", "DOUBLE"}


class Unreadable(Exception):
    """The bytes are not what the name promises. `rule` is a TEP-* id, `facts` fill its sentence."""

    def __init__(self, rule: str, **facts: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.facts = facts


@dataclass(frozen=True)
class Source:
    """`relation` is SQL for a FROM clause with columns "row" (1-based, as in the file) and c0…cN (text or NULL)."""

    relation: str
    headers: tuple[str, ...]
    parameters: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Reject:
    """A line that has not as many columns as the header: its row in the file, what was found, what the header has."""

    row: int
    found: int
    expected: int


def open_source(
    connection: duckdb.DuckDBPyConnection, path: Path, fmt: Format, file_name: str, layout: Layout | None
) -> Source:
    """Open a landed csv or parquet register. Raises Unreadable when the bytes are something else."""
    if path.stat().st_size == 0:
        raise Unreadable("TEP-RONG")
    if fmt == "parquet":
        return _parquet(connection, path)
    return _csv(path, file_name.casefold().endswith(".gz"), layout)


def open_rows(connection: duckdb.DuckDBPyConnection, name: str, headers: Sequence[str], rows: Any) -> Source:
    """A sheet read in the jail: `rows` is an Arrow table with "row" and c0…cN, registered as `name`."""
    connection.register(name, rows)
    return Source(name, tuple(headers))


def rejects(connection: duckdb.DuckDBPyConnection) -> list[Reject]:
    """The ragged lines of the csv that was read last, in order, at most MAX_REJECTS + 1; forgets them."""
    tables = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables() WHERE temporary").fetchall()}
    if "reject_errors" not in tables:
        return []
    lines = connection.execute(
        f"""
        SELECT line, max(column_idx), any_value(error_message) FROM reject_errors
        GROUP BY line ORDER BY line LIMIT {MAX_REJECTS + 1}
        """
    ).fetchall()
    connection.execute("DROP TABLE reject_errors; DROP TABLE reject_scans")
    return [_reject(line, message) for line, _, message in lines]


def _reject(line: int, message: str) -> Reject:
    numbers = [int(word) for word in message.replace(":", " ").split() if word.isdigit()]
    expected, found = [*numbers, 0, 0][:2]
    return Reject(row=line, found=found, expected=expected)


def _csv(path: Path, packed: bool, layout: Layout | None) -> Source:
    encoding = layout.encoding if layout else "utf-8"
    line = _first_line(path, packed, _ENCODINGS[encoding])
    delimiter = (layout.delimiter if layout else None) or _delimiter(line)
    headers = next(csv.reader(io.StringIO(line), delimiter=delimiter), [])
    if not any(cell.strip() for cell in headers):
        raise Unreadable("TEP-SO_TRONG")
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(headers)))
    relation = f"""(
        SELECT (row_number() OVER ())::INTEGER + 1 AS "row", *
        FROM read_csv(?, auto_detect=false, header=false, skip=1, delim=?, quote='"', escape='"', encoding=?,
                      compression=?, columns={{{columns}}}, store_rejects=true, rejects_limit=0)
    )"""
    parameters = (str(path), delimiter, encoding, "gzip" if packed else "none")
    return Source(relation, tuple(cell.strip() for cell in headers), parameters)


def _first_line(path: Path, packed: bool, codec: str) -> str:
    """The header record as text. Raises Unreadable when the start is not text of that encoding."""
    try:
        with gzip.open(path, "rb") if packed else path.open("rb") as stream:
            start = stream.read(_HEADER_BYTES)
    except (OSError, EOFError) as error:
        raise Unreadable("TEP-HONG") from error
    if b"\0" in start and codec != "utf-16":
        raise Unreadable("TEP-KHONG_PHAI_CSV")
    whole = start if len(start) < _HEADER_BYTES else start[: start.rfind(b"\n") + 1]
    try:
        text = whole.decode(codec)
    except UnicodeDecodeError as error:
        raise Unreadable("TEP-BANG_MA") from error
    return text.splitlines()[0] if text.strip() else ""


def _delimiter(line: str) -> str:
    """The delimiter that the header uses most; a comma when it uses none."""
    return max(",;\t|", key=lambda mark: (line.count(mark), mark == ","))


def _parquet(connection: duckdb.DuckDBPyConnection, path: Path) -> Source:
    try:
        described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    except duckdb.Error as error:
        raise Unreadable("TEP-HONG") from error
    names = [row[0] for row in described]
    columns = ", ".join(f"{_as_text(row[0], row[1])} AS c{i}" for i, row in enumerate(described))
    relation = f"""(
        SELECT (file_row_number + 1)::INTEGER AS "row", {columns}
        FROM read_parquet(?, file_row_number=true)
    )"""
    return Source(relation, tuple(names), (str(path),))


def _as_text(name: str, duckdb_type: str) -> str:
    """Text of a typed column: a number that is whole loses the .0 that a float gives it."""
    column = '"' + name.replace('"', '""') + '"'
    if duckdb_type in _INTEGRAL:
        whole = f"CAST(TRY_CAST({column} AS HUGEINT) AS VARCHAR)"
        return f"CASE WHEN {column} = trunc({column}) THEN {whole} ELSE CAST({column} AS VARCHAR) END"
    return f"CAST({column} AS VARCHAR)"
