"""A landed register as a relation of text: its headers, and columns c0, c1, … with the row each stood in.

Lives here: opening csv (plain or gzip), parquet and sheets read in the jail; ragged lines become rejects, not guesses.
Does not live here: which letters and delimiter a csv has (encoding.py), which column is which field (layout.py).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ingestion.registers import encoding
from ingestion.registers.layout import Format, Layout

MAX_REJECTS = 1_000
_FLOATS = {"FLOAT", "DOUBLE"}
_NUMBERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}
_NUMBERS |= _FLOATS


class Unreadable(Exception):
    """The bytes are not what the name promises. `rule` is a TEP-* id, `facts` fill its sentence."""

    def __init__(self, rule: str, **facts: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.facts = facts


@dataclass(frozen=True)
class Source:
    """`relation` is SQL for a FROM clause with columns "row" (1-based, as in the file) and c0…cN (text or NULL).

    `kinds` says of each column what its cells are (ingestion.workbook.parsed.Cell); None: every text begins with the
    kind of its cell. `codec` is that of a csv, `scratch` a copy that was made of it and may go. `unproved`: no code of
    letters is certain; every letter beyond ASCII must turn out to be an old font's, or the file is refused.
    """

    relation: str
    headers: tuple[str, ...]
    parameters: tuple[Any, ...] = ()
    kinds: tuple[str, ...] | None = None
    codec: str | None = None
    scratch: Path | None = None
    unproved: bool = False

    @property
    def columns(self) -> list[str]:
        """The names of the columns of text."""
        return [f"c{index}" for index in range(len(self.headers))]


@dataclass(frozen=True)
class Reject:
    """A line that has not as many columns as the header: its row in the file, what was found, what the header has."""

    row: int
    found: int
    expected: int


def open_source(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    fmt: Format,
    file_name: str,
    layout: Layout | None,
    known: set[str],
    scratch: Path,
) -> Source:
    """Open a landed csv or parquet register. Raises Unreadable when the bytes are something else, or ambiguous.

    `known`: folded headers that tell a delimiter from another; `scratch`: a folder for a copy in UTF-8.
    """
    if path.stat().st_size == 0:
        raise Unreadable("TEP-RONG")
    if fmt == "parquet":
        return _parquet(connection, path)
    packed = file_name.casefold().endswith(".gz")
    try:
        return _csv(path, packed, layout, known, scratch)
    except (OSError, EOFError) as error:
        raise Unreadable("TEP-HONG") from error


def open_rows(connection: duckdb.DuckDBPyConnection, name: str, headers: Sequence[str], rows: Any) -> Source:
    """A sheet read in the jail: `rows` is an Arrow table with "row" and c0…cN (kind and text), registered as `name`."""
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


def _csv(path: Path, packed: bool, layout: Layout | None, known: set[str], scratch: Path) -> Source:
    codec = (layout.encoding if layout else None) or encoding.detect(path, packed)
    unproved = codec is None
    if codec is None:
        codec = _latin_or_refused(path, packed)
    copy = None
    if not codec.startswith(encoding.UTF8):
        copy = scratch / f"{path.name}.csv"
        try:
            encoding.transcode(path, packed, codec, copy)
        except UnicodeDecodeError as error:
            copy.unlink(missing_ok=True)
            raise Unreadable("TEP-BANG_MA", cho_chu="") from error
        path, packed = copy, False
    delimiter = (layout.delimiter if layout else None) or encoding.delimiter_of(path, packed, "utf-8-sig", known)
    if delimiter is None:
        raise Unreadable("TEP-DAU_PHAN_CACH")
    line = encoding.first_line(path, packed, "utf-8-sig")
    headers = next(csv.reader(io.StringIO(line), delimiter=delimiter), [])
    if not any(cell.strip() for cell in headers):
        raise Unreadable("TEP-SO_TRONG")
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(headers)))
    relation = f"""(
        SELECT (row_number() OVER ())::INTEGER + 1 AS "row", *
        FROM read_csv(?, auto_detect=false, header=false, skip=1, delim=?, quote='"', escape='"', encoding='utf-8',
                      compression=?, columns={{{columns}}}, store_rejects=true, rejects_limit=0)
    )"""
    return Source(
        relation,
        tuple(cell.strip() for cell in headers),
        (str(path), delimiter, "gzip" if packed else "none"),
        kinds=("s",) * len(headers),
        codec=codec,
        scratch=copy,
        unproved=unproved,
    )


def _latin_or_refused(path: Path, packed: bool) -> str:
    if encoding.may_be_old_font(path, packed):
        return encoding.LATIN1
    with encoding.opened(path, packed) as stream:
        binary = b"\0" in stream.read(1 << 20)
    raise Unreadable("TEP-KHONG_PHAI_CSV" if binary else "TEP-BANG_MA", cho_chu="")


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
    return Source(relation, tuple(names), (str(path),), kinds=tuple(_kind(row[1]) for row in described))


def _kind(duckdb_type: str) -> str:
    if duckdb_type in _NUMBERS or duckdb_type.startswith("DECIMAL"):
        return "n"
    if duckdb_type == "DATE" or duckdb_type.startswith("TIMESTAMP"):
        return "d"
    return {"BOOLEAN": "b", "TIME": "t", "INTERVAL": "t"}.get(duckdb_type, "s")


def _as_text(name: str, duckdb_type: str) -> str:
    """Text of a typed column as a cell has it: a whole number loses the .0 of a float, an instant has its T."""
    column = '"' + name.replace('"', '""') + '"'
    if duckdb_type.startswith("TIMESTAMP"):
        return f"strftime(CAST({column} AS TIMESTAMP), '%Y-%m-%dT%H:%M:%S')"
    if duckdb_type in _FLOATS:
        whole = f"CAST(TRY_CAST({column} AS HUGEINT) AS VARCHAR)"
        return f"CASE WHEN {column} = trunc({column}) THEN {whole} ELSE CAST({column} AS VARCHAR) END"
    return f"CAST({column} AS VARCHAR)"
