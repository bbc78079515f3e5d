"""Bytes of register files and journals: CSV, parquet, xlsx; the same rows always become the same bytes.

Lives here: serialising. Does not live here: what the rows say (``registers.py``), forms (``template/writer.py``).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path

from ingestion.rehearsal.papers import Register


def register_bytes(register: Register) -> bytes:
    """The file of a register in the format that its name says."""
    table = [[row.values.get(name, "") for name in register.fields] for row in register.rows]
    if register.file_name.endswith(".parquet"):
        return _parquet(register.fields, table)
    if register.file_name.endswith(".xlsx"):
        return _xlsx(register.fields, table, register.year)
    return csv_bytes(register.fields, table)


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 CSV with a header and Unix line ends."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def write(path: Path, content: bytes) -> None:
    """Write a file of the sample, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _parquet(header: Sequence[str], rows: list[list[str]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {name: [row[i] or None for row in rows] for i, name in enumerate(header)}
    schema = pa.schema([(name, pa.string()) for name in header])
    target = BytesIO()
    pq.write_table(pa.table(columns, schema=schema), target, compression="zstd")
    return target.getvalue()


def _xlsx(header: Sequence[str], rows: list[list[str]], year: int) -> bytes:
    from xlsxwriter.workbook import Workbook

    target = BytesIO()
    workbook = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"created": datetime(year, 1, 1)})
    sheet = workbook.add_worksheet("training_records")
    text = workbook.add_format({"num_format": "@"})
    for at, row in enumerate([list(header), *rows]):
        for index, value in enumerate(row):
            if value:
                sheet.write_string(at, index, value, text)
    workbook.close()
    return target.getvalue()
