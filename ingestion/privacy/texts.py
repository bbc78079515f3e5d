"""What a file says, by what it is and not by its name: parquet, duckdb, sqlite, zip, gzip, text; the rest as bytes.

Lives here: opening files. An archive is opened again and again until texts come out; markup is taken off XML parts, so
that a name split over two runs of a document is still a name.
"""

from __future__ import annotations

import gzip
import html
import io
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_TAGS = re.compile(r"<(?:/?(?:w:p|si|c|row|td|th|p|div|li|br|tr)\b[^>]*)>|<[^>]*>")
_ESCAPED = re.compile(r"\\+u([0-9a-fA-F]{4})")
_BLOCKS = ("<w:p", "</w:p", "<si", "</si", "<c", "</c", "<row", "<td", "<th", "<p", "</p", "<div", "<li", "<br", "<tr")
_MARKUP = (".xml", ".html", ".htm", ".rels", ".svg")
_DEEPEST = 4


class Unreadable(Exception):
    """A file that is not what its first bytes say, or that somebody holds open for writing."""


def kind_of(head: bytes) -> str:
    """What a file is, by its first bytes."""
    if head.startswith(b"PAR1"):
        return "parquet"
    if head[8:12] == b"DUCK":
        return "duckdb"
    if head.startswith(b"SQLite format 3\x00"):
        return "sqlite"
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    return "gzip" if head.startswith(b"\x1f\x8b") else "text"


def texts_of(path: Path) -> Iterator[str]:
    """Everything a file says. Raises Unreadable when it cannot be opened as what it is."""
    with path.open("rb") as stream:
        kind = kind_of(stream.read(16))
    try:
        if kind == "parquet":
            yield from _parquet(path)
        elif kind == "duckdb":
            yield from _duckdb(path)
        elif kind == "sqlite":
            yield from _sqlite(path)
        else:
            yield from _bytes(path.read_bytes(), path.name, 0)
    except (OSError, ValueError, RuntimeError, sqlite3.Error, zipfile.BadZipFile, EOFError) as error:
        raise Unreadable(type(error).__name__) from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in ("duckdb", "_duckdb", "zlib"):
            raise
        raise Unreadable(type(error).__name__) from error


def _parquet(path: Path) -> Iterator[str]:
    import duckdb

    with duckdb.connect() as connection:
        yield from _columns(connection, f"read_parquet('{_quoted(path)}', hive_partitioning=false)")


def _duckdb(path: Path) -> Iterator[str]:
    import duckdb

    with duckdb.connect() as connection:  # attached by another name: a schema may be called like the file
        connection.execute(f"ATTACH '{_quoted(path)}' AS opened (READ_ONLY)")
        tables = connection.execute(
            "SELECT schema_name, table_name, sql FROM duckdb_tables() WHERE database_name = 'opened'"
        ).fetchall()
        for schema, table, sql in tables:
            yield str(sql)
            yield from _columns(connection, f'opened."{schema}"."{table}"')


def _columns(connection: duckdb.DuckDBPyConnection, relation: str) -> Iterator[str]:
    """The distinct values of every column, as text, a column at a time."""
    for name, *_ in connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall():
        cursor = connection.execute(f'SELECT DISTINCT CAST("{name}" AS VARCHAR) FROM {relation}')
        while rows := cursor.fetchmany(50_000):
            yield "\n".join(value for (value,) in rows if value)


def _sqlite(path: Path) -> Iterator[str]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    yield from _bytes(value, "", 1) if isinstance(value, bytes) else (_unescaped(str(value)),)
    finally:
        connection.close()


def _bytes(content: bytes, name: str, depth: int) -> Iterator[str]:
    kind = kind_of(content[:16]) if depth < _DEEPEST else "text"
    if kind == "zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                yield member.filename
                yield from _bytes(archive.read(member), member.filename, depth + 1)
    elif kind == "gzip":
        yield from _bytes(gzip.decompress(content), name.removesuffix(".gz"), depth + 1)
    else:
        text = _unescaped(content.decode("utf-8", "replace"))
        yield text
        if name.endswith(_MARKUP):
            yield _bare(text)


def _bare(markup: str) -> str:
    """The words of a marked-up text: the tags of blocks become line ends, all others nothing."""
    return html.unescape(_TAGS.sub(lambda tag: "\n" if tag.group().startswith(_BLOCKS) else "", markup))


def _unescaped(text: str) -> str:
    """The text with JSON's escapes of letters undone."""
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) if "\\u" in text else text


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
