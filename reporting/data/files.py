"""Rows as CSV and Parquet files whose bytes depend on the rows alone.

CSV is UTF-8 with a byte order mark (Excel takes Vietnamese for another code page without it), comma, CRLF, a point
for decimals. No text of it is a formula: what a spreadsheet would run gets a leading apostrophe, and so does a text
that begins with one, so that taking one apostrophe off gives the text back. Parquet holds the texts as they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from reporting.data.resources import Field

BOM = "\ufeff"
ESCAPE = "'"
# what spreadsheets take for a formula, with the full-width forms that some fold to it, and the escape itself
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", ESCAPE)


def write_csv(path: Path, columns: Sequence[Field], rows: Sequence[dict[str, Any]]) -> None:
    """Write rows under the names of their columns."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    for row in rows:
        writer.writerow([_written(row[column.name]) for column in columns])
    path.write_text(BOM + text.getvalue(), encoding="utf-8", newline="")


def write_parquet(path: Path, columns: Sequence[Field], rows: Sequence[dict[str, Any]]) -> None:
    """Write rows with their types: int64, decimal(18, 4), bool, date, string."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {
        "string": pa.string(), "integer": pa.int64(), "number": pa.decimal128(18, 4), "boolean": pa.bool_(),
        "date": pa.date32(),
    }  # fmt: skip
    schema = pa.schema([(column.name, kinds[column.type]) for column in columns])
    arrays = [pa.array([_typed(row[c.name], c.type) for row in rows], kinds[c.type]) for c in columns]
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), path, compression="zstd", version="2.6")


def unescaped(text: str) -> str:
    """The text of a CSV cell as it was before it was made safe."""
    return text.removeprefix(ESCAPE)


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return ESCAPE + value if value.startswith(_RISKY) else value
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _typed(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "number":
        return Decimal(value).quantize(Decimal("0.0001"))
    return str(value) if kind == "string" else value
