"""The first rows of a register file given by hand, to look at before there is a layout for it.

Does not live here: what they mean (propose.py), collecting (load.py).
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from expectations.errors import NotFit, UsageError
from expectations.home import Home
from expectations.rules.messages import message
from ingestion.inbox import shown
from ingestion.registers import source
from ingestion.registers.layout import (
    FILE_DATASETS,
    SUFFIXES,
    WORKBOOKS,
    Layout,
    dataset_of,
    format_of,
    known_headers,
    match,
)
from ingestion.registers.propose import Sample
from ingestion.registers.sheet import open_sheet
from ingestion.workbook.jail import Jail

ROWS = 2_000


def sample_of(path: Path, dataset: str | None, layouts: list[Layout], home: Home) -> tuple[Sample, str | None]:
    """The sample, and the delimiter of a csv. NotFit when the bytes are no register, UsageError for an unknown one."""
    import duckdb

    name = shown(path.name)
    kind = dataset or dataset_of(name, layouts)
    if kind not in FILE_DATASETS.values() or format_of(name) is None:
        choices = ", ".join(FILE_DATASETS.values())
        endings = ", ".join(SUFFIXES)
        raise UsageError(
            f"{name}: say which register it is with --dataset, one of {choices}; its name ends in {endings}"
        )
    with tempfile.TemporaryDirectory(prefix="nhantai-layout-") as folder, duckdb.connect() as connection:
        try:
            opened = _opened(connection, path, name, str(kind), layouts, Path(folder))
            rows = connection.execute(
                f"SELECT * FROM {opened.relation} LIMIT {ROWS}", list(opened.parameters)
            ).fetchall()
        except source.Unreadable as refused:
            raise NotFit(f"{name}: {message(refused.rule, 'vi', ten_tep=name, **refused.facts).message}") from None
        except duckdb.Error:
            raise NotFit(f"{name}: {message('TEP-HONG', 'vi', ten_tep=name).message}") from None
    cells = tuple(_cells(opened, rows, place) for place in range(len(opened.headers)))
    delimiter = opened.parameters[1] if opened.codec is not None else None
    return Sample(name, str(kind), opened.headers, cells), delimiter


def _opened(
    connection: object, path: Path, name: str, dataset: str, layouts: list[Layout], scratch: Path
) -> source.Source:
    layout, fmt = match(name, layouts), format_of(name) or "csv"
    if fmt in WORKBOOKS:
        with path.open("rb") as stream, Jail(None) as jail:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            return open_sheet(connection, jail, path, sha256, name, layout)[0]  # type: ignore[arg-type]
    known = known_headers(dataset, layouts)
    return source.open_source(connection, path, fmt, name, None, known, scratch)  # type: ignore[arg-type]


def _cells(opened: source.Source, rows: list[tuple[object, ...]], place: int) -> tuple[tuple[str, str], ...]:
    """Kind and text of the filled cells of a column; the first column of a row is its number."""
    texts = [str(row[place + 1]) for row in rows if row[place + 1] is not None and str(row[place + 1]).strip()]
    if opened.kinds is not None:
        return tuple((opened.kinds[place], text) for text in texts)
    return tuple((text[0], text[1:]) for text in texts)
