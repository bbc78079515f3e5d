"""What a build is given beside the accepted datasets, as parquet files with a fixed schema.

Lives here: writing ``parameters``, ``province_steps`` and ``person_links`` for one build, from plain values.
Does not live here: which values they are (orchestration) and what the models make of them (dbt_project).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa


def write_parameters(
    folder: Path, *, reporting_year: int, known_at: datetime, known_on: date, rule_version: str, code_version: str
) -> None:
    """Write ``parameters.parquet``: one row that says what the build is for. ``known_at`` carries an offset."""
    import pyarrow as pa

    schema = pa.schema(
        [
            ("reporting_year", pa.int32()),
            ("known_at", _instant()),
            ("known_on", pa.date32()),
            ("rule_version", pa.string()),
            ("code_version", pa.string()),
        ]
    )
    row = {
        "reporting_year": reporting_year,
        "known_at": known_at,
        "known_on": known_on,
        "rule_version": rule_version,
        "code_version": code_version,
    }
    _write(folder / "parameters.parquet", schema, [row])


def write_province_steps(folder: Path, steps: Sequence[Mapping[str, Any]], known_at: datetime) -> None:
    """Write ``province_steps.parquet``: the steps of the ledger that were recorded by ``known_at``.

    A step has event, reporting_year, document_number, happened_on (ISO day) and at (ISO instant with offset).
    """
    import pyarrow as pa

    schema = pa.schema(
        [
            ("reporting_year", pa.int32()),
            ("event", pa.string()),
            ("document_number", pa.string()),
            ("happened_on", pa.date32()),
            ("recorded_at", _instant()),
        ]
    )
    rows = [
        {
            "reporting_year": step["reporting_year"],
            "event": step["event"],
            "document_number": step["document_number"],
            "happened_on": date.fromisoformat(step["happened_on"]),
            "recorded_at": datetime.fromisoformat(step["at"]),
        }
        for step in steps
        if datetime.fromisoformat(step["at"]) <= known_at
    ]
    _write(folder / "province_steps.parquet", schema, rows)


def write_person_links(folder: Path, links: Sequence[Mapping[str, Any]]) -> None:
    """Write ``person_links.parquet``: signed, undoable merges of two identities (none: every identity is a person)."""
    import pyarrow as pa

    schema = pa.schema(
        [
            ("identity_key", pa.string()),
            ("person_key", pa.string()),
            ("valid_from_record", _instant()),
            ("undone_at", _instant()),
        ]
    )
    _write(folder / "person_links.parquet", schema, links)


def _instant() -> pa.DataType:
    import pyarrow as pa

    return pa.timestamp("us", tz="UTC")


def _write(path: Path, schema: pa.Schema, rows: Sequence[Mapping[str, Any]]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pylist([dict(row) for row in rows], schema=schema), path)
