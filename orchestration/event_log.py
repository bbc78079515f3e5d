"""Dagster's event log in SQLite, with its connections kept.

Dagster makes a new SQLAlchemy engine and opens the file anew for each statement, asks for each event whether a table is
there, and waits for the disk at each commit: a build's events cost more than half of what dbt does (measured). In WAL
mode ``synchronous=NORMAL`` cannot damage the file; a power cut may take the last events of a run with it.
``dagster.yaml`` names this class; without it, or should a later Dagster open connections otherwise, everything works as
before, slower.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import QueuePool

BUSY_SECONDS = 60
ENGINES = 8
"""How many files are kept open: the index and the runs last spoken of. A web server speaks of very many."""


class KeptEngineEventLog(SqliteEventLogStorage):
    """SQLite files under ``<base_dir>/history/runs``, as by default."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: dict[str, Engine] = {}
        self._tables: set[str] = set()
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> KeptEngineEventLog:
        """From ``base_dir`` of dagster.yaml, which is DAGSTER_HOME."""
        return cls(os.path.join(config_value["base_dir"], "history", "runs"), inst_data)

    def has_table(self, table_name: str) -> bool:
        """Whether the index has this table; one that was seen is not asked for again."""
        if table_name not in self._tables and super().has_table(table_name):
            self._tables.add(table_name)
        return table_name in self._tables

    def dispose(self) -> None:
        """Close every file."""
        while self._engines:
            self._engines.popitem()[1].dispose()
        super().dispose()

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock, self._engine(shard).connect() as connection, connection.begin():
            yield connection

    def _engine(self, shard: str) -> Engine:
        """The engine of a file, made once; the one that was not used for longest gives way."""
        engine = self._engines.pop(shard, None) or self._made(shard)
        self._engines[shard] = engine
        if len(self._engines) > ENGINES:
            self._engines.pop(next(iter(self._engines))).dispose()
        return engine

    def _made(self, shard: str) -> Engine:
        engine = create_engine(
            self.conn_string_for_shard(shard), poolclass=QueuePool, connect_args={"timeout": BUSY_SECONDS}
        )
        event.listen(engine, "connect", _without_waiting)
        self._initdb(engine)
        self._initialized_dbs.add(shard)
        return engine


def _without_waiting(connection: Any, record: Any) -> None:
    connection.execute("PRAGMA synchronous=NORMAL")
