"""Registers that lie elsewhere, a folder, an S3 or SFTP place, a database, brought into the inbox as bytes.

Lives here: copying whole files and the answer of a query, unaltered; what is parsed later is what was landed.
Does not live here: credentials (connections.py), landing (intake.py), what the bytes mean (source.py).
"""

from __future__ import annotations

import csv
import fnmatch
import io
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit

from expectations.errors import OperatorError
from ingestion.inbox import MAX_REGISTER_BYTES
from ingestion.landing import sync_folder
from ingestion.registers.connections import Connections
from ingestion.registers.layout import Fetch, Layout

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_ROWS = 50_000


@dataclass(frozen=True)
class Fetched:
    """A file of the inbox: its name, the layout that asked for it, whether its bytes are new."""

    file_name: str
    layout: str
    is_new: bool


class _TooLarge(Exception):
    pass


def fetch(layouts: list[Layout], inbox: Path, connections: Connections) -> list[Fetched]:
    """Bring what every layout with a `fetch` asks for into `inbox`; a file that is there already is left alone.

    Raises OperatorError for a place that cannot be reached, in words that hold no credential.
    """
    inbox.mkdir(parents=True, exist_ok=True)
    found: list[Fetched] = []
    for layout in layouts:
        if layout.fetch is None:
            continue
        bring = _of_query if layout.fetch.query else _of_place
        try:
            found += bring(layout, inbox, connections)
        except OperatorError:
            raise
        except _TooLarge:
            raise OperatorError(
                f"{layout.layout}: more than {MAX_REGISTER_BYTES >> 30} GiB; nothing was taken"
            ) from None
        except Exception as error:  # a driver's words may hold the address with its password: only the kind is told
            place = layout.fetch.connection or layout.fetch.location
            raise OperatorError(f"{layout.layout}: {place} could not be read ({type(error).__name__})") from None
    return found


def _of_place(layout: Layout, inbox: Path, connections: Connections) -> Iterator[Fetched]:
    """Every file under the location whose name the layout knows, in the order of names."""
    wanted: Fetch = layout.fetch  # type: ignore[assignment]
    system, root = _file_system(wanted, connections)
    for path in sorted(system.find(root)):
        name = PurePosixPath(path).name
        if any(fnmatch.fnmatchcase(name.casefold(), pattern.casefold()) for pattern in layout.files):

            def copy(target: BinaryIO, path: str = path) -> None:
                with system.open(path, "rb") as source:
                    shutil.copyfileobj(source, _Bounded(target), 1 << 20)

            yield Fetched(name, layout.layout, _put(inbox, name, copy))


def _file_system(wanted: Fetch, connections: Connections) -> tuple[Any, str]:
    import fsspec

    options = connections.options(wanted.connection)
    scheme = urlsplit(wanted.location or "").scheme
    if scheme in ("sftp", "ssh"):
        from ingestion.registers.sftp import KnownHostsFileSystem

        place = urlsplit(wanted.location or "")
        host = {"host": place.hostname, "port": place.port or 22}
        return KnownHostsFileSystem(**{**host, **options}, skip_instance_cache=True), place.path
    return fsspec.core.url_to_fs(wanted.location, **options, skip_instance_cache=True)


def _of_query(layout: Layout, inbox: Path, connections: Connections) -> Iterator[Fetched]:
    """The answer of the layout's query as CSV in UTF-8, every value quoted, under the name the layout gives."""
    from sqlalchemy import create_engine

    wanted: Fetch = layout.fetch  # type: ignore[assignment]
    engine = create_engine(connections.url(wanted.connection), hide_parameters=True)
    try:
        copy = _copied if engine.dialect.name == "postgresql" else _streamed

        def write(target: BinaryIO) -> None:
            copy(engine, str(wanted.query), _Bounded(target))

        yield Fetched(str(wanted.as_file), layout.layout, _put(inbox, str(wanted.as_file), write))
    finally:
        engine.dispose()


def _copied(engine: Engine, query: str, target: _Bounded) -> None:
    """PostgreSQL writes the CSV itself; the transaction may only read."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("SET TRANSACTION READ ONLY")
        cursor.copy_expert(  # type: ignore[attr-defined]
            f"COPY ({query.strip().rstrip(';')}) TO STDOUT WITH (FORMAT csv, HEADER, FORCE_QUOTE *, ENCODING 'UTF8')",
            target,
        )
    finally:
        raw.rollback()
        raw.close()


def _streamed(engine: Engine, query: str, target: _Bounded) -> None:
    """Any other database: its rows in batches."""
    from sqlalchemy import text

    connection: Connection
    with engine.connect().execution_options(stream_results=True) as connection:
        rows = connection.execute(text(query))
        _write_csv(target, [list(rows.keys())])
        for batch in rows.partitions(_ROWS):
            _write_csv(target, [["" if value is None else value for value in row] for row in batch])


def _write_csv(target: _Bounded, rows: list[list[Any]]) -> None:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    target.write(written.getvalue().encode())


class _Bounded:
    """Writes up to the size of the largest register; then it stops, instead of filling the disk."""

    def __init__(self, target: BinaryIO) -> None:
        self.target, self.left = target, MAX_REGISTER_BYTES

    def write(self, block: bytes) -> int:
        self.left -= len(block)
        if self.left < 0:
            raise _TooLarge
        return self.target.write(block)


def _put(inbox: Path, name: str, copy: Callable[[BinaryIO], None]) -> bool:
    """Write a file whole (hidden, fsync, rename); False when the inbox has these bytes already."""
    hidden, path = inbox / f".{name}.fetching", inbox / name
    try:
        with hidden.open("wb") as target:
            copy(target)
            target.flush()
            os.fsync(target.fileno())
        if path.is_file() and _same(path, hidden):
            return False
        os.replace(hidden, path)
        sync_folder(inbox)
        return True
    finally:
        with suppress(FileNotFoundError):
            hidden.unlink()


def _same(one: Path, other: Path) -> bool:
    import filecmp

    return filecmp.cmp(one, other, shallow=False)
