"""What a build is given beside the accepted datasets, as parquet files with the columns floor 0 promises.

Lives here: writing ``parameters``, ``province_steps`` and ``person_links`` for one build, from plain values.
Does not live here: which values they are (orchestration), their columns (``collection_tables.py``), the models.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from expectations.contracts.collection_tables import BUILD_TABLES, columns_of


def write(folder: Path, name: str, rows: Sequence[Mapping[str, Any]]) -> Path:
    """Write ``<name>.parquet`` for one of the build tables and return its path.

    A row holds Python values under the table's column names; instants carry an offset. A missing column is NULL.
    KeyError when there is no such table; pyarrow's errors when a value does not fit its column.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {
        "VARCHAR": pa.string(),
        "INTEGER": pa.int32(),
        "DATE": pa.date32(),
        "TIMESTAMP WITH TIME ZONE": pa.timestamp("us", tz="UTC"),
    }
    table = {table.name: table for table in BUILD_TABLES}[name]
    schema = pa.schema([(column, kinds[kind]) for column, kind in columns_of(table)])
    path = folder / f"{name}.parquet"
    pq.write_table(pa.Table.from_pylist([dict(row) for row in rows], schema=schema), path)
    return path
