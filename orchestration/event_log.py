"""Dagster's event log in SQLite, with one engine a file instead of one a statement.

Dagster makes a new SQLAlchemy engine for each connection, and with it throws away every compiled statement: of the ten
seconds that the events of one build cost, four go there (measured). ``dagster.yaml`` names this class; without it, or
should a later Dagster open connections otherwise, everything works as before, slower.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy import create_engine
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import NullPool

BUSY_SECONDS = 60


class KeptEngineEventLog(SqliteEventLogStorage):
    """SQLite files under ``<base_dir>/history/runs``, as by default; connections are still closed after each use."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: dict[str, Engine] = {}
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> KeptEngineEventLog:
        """From ``base_dir`` of dagster.yaml, which is DAGSTER_HOME."""
        return cls(os.path.join(config_value["base_dir"], "history", "runs"), inst_data)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            if shard not in self._engines:
                engine = create_engine(
                    self.conn_string_for_shard(shard), poolclass=NullPool, connect_args={"timeout": BUSY_SECONDS}
                )
                self._initdb(engine)
                self._initialized_dbs.add(shard)
                self._engines[shard] = engine
            with self._engines[shard].connect() as connection, connection.begin():
                yield connection
