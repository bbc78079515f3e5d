"""Great Expectations on DuckDB: our own datasource of type "duckdb", opened read-only and let go of afterwards.

Lives here: the datasource and its execution engine, and ``opened``, which gives one database for as long as a gate
looks at it. Does not live here: what is checked (``suites.py``) and what follows from it (``submission.py``,
``publication.py``).

Traps that this file is made of: GX reads results after its connection went back to the pool, and DuckDB has dropped
them by then, so one connection is kept; the kept connection locks the file, so it is disposed of; the datasource class
registers itself, so it is made once a process; table assets with a schema fail, so every asset is a query.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

_NAMES = count(1)


class DuckdbBatches:
    """One open database: ``batch(relation)`` is what a suite over that relation is validated on."""

    def __init__(self, datasource: Any) -> None:
        self._assets = {asset.name: asset for asset in datasource.assets}

    def batch(self, relation: str) -> Any:
        """A GX batch over all rows of a relation that was named when the database was opened."""
        asset = self._assets[relation]
        return asset.get_batch(asset.build_batch_request())


@contextmanager
def opened(database: Path, relations: Iterable[str]) -> Iterator[DuckdbBatches]:
    """Open a DuckDB file read-only for GX; when the block ends nothing holds the file any more.

    ``relations`` are the tables (``schema.table``) that will be looked at. They become query assets before the context
    knows the datasource, because GX writes its whole configuration anew with every asset. Raises FileNotFoundError
    when there is no such file: GX would make an empty one.
    """
    if not database.is_file():
        raise FileNotFoundError(f"no database {database.name}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        context = _context()
        datasource = _datasource_class()(
            name=f"duckdb-{next(_NAMES)}",
            connection_string=f"duckdb:///{database}",
            create_temp_table=False,
            kwargs={"connect_args": {"read_only": True}},
        )
        try:
            for relation in dict.fromkeys(relations):
                datasource.add_query_asset(relation, f"SELECT * FROM {relation}")
            yield DuckdbBatches(context.data_sources.add_or_update_duckdb(datasource))
        finally:
            datasource.get_execution_engine().let_go()
            datasource.get_engine().dispose()
            if datasource.name in context.data_sources.all():
                context.data_sources.delete(datasource.name)


def _context() -> Any:
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral", cloud_mode=False)
    context.enable_analytics(False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return context


@cache
def _datasource_class() -> Any:
    """The datasource class; GX registers it under its type when it is defined, so it is defined once."""
    from typing import Literal

    from great_expectations.datasource.fluent.sql_datasource import SQLDatasource

    engine_class = _engine_class()

    class DuckdbDatasource(SQLDatasource):
        """A SQL datasource whose engine keeps its DuckDB connection."""

        type: Literal["duckdb"] = "duckdb"  # type: ignore[assignment]

        @property
        def execution_engine_type(self) -> Any:
            return engine_class

    DuckdbDatasource.update_forward_refs(Literal=Literal)
    return DuckdbDatasource


@cache
def _engine_class() -> Any:
    from great_expectations.execution_engine import SqlAlchemyExecutionEngine

    class DuckdbExecutionEngine(SqlAlchemyExecutionEngine):
        """Keeps one connection, so that results are still there when GX comes to read them."""

        _connection: Any

        @contextmanager
        def get_connection(self) -> Iterator[Any]:
            if self._connection is None:
                self._connection = self.engine.connect()
            yield self._connection

        def let_go(self) -> None:
            """Close the kept connection and the pool: the file is free again."""
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            self.engine.dispose()

    return DuckdbExecutionEngine
