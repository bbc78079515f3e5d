"""From a number of annex IX to the rows of forms B08 to B11 and B15 under it.

Lives here: the names of those numbers, and the walk over `brg_annex_rows` of an edition's marts. Does not live here:
figures of indicators (trace.py).
"""

from __future__ import annotations

from typing import Any

from expectations.errors import UsageError
from reporting.traced import Traced, source

ALL = "ALL"
_TABLES = {
    "nominations": ("IX.a", "nomination_source"),
    "commendations": ("IX.b", "commendation_kind"),
    "violations": ("IX.c", "behaviour_code"),
    "communications": ("IX.d", "channel"),
    "talent_networks": ("IX.đ", "criterion || '/' || category_code"),
}
"""Report model without its prefix -> its place in the annex, and the SQL of the code of a row."""
_NOT_COUNTS = ("sort_order",)


def is_of_annex(figure: str) -> bool:
    """Whether a name speaks of annex IX: IX.a/row/column, or table/row/column with the table's own name."""
    return _table(figure) is not None


def trace_annex(connection: Any, figure: str) -> Traced:
    """The sources of a number of annex IX, each with the `number` it adds. UsageError for one that is not printed.

    `figure` is table/row/column: IX.a/co_quan/proposed, nominations/ALL/proposed, IX.đ/overseas_country/ALL/people;
    the row is the code that the public data has, ALL the total.
    """
    table = _table(figure)
    assert table is not None
    row, _, column = figure.partition("/")[2].rpartition("/")
    number = _printed(connection, table, row, column, figure)
    rows = connection.execute(
        'select file_name, sha256, sheet, "row", dataset, number from marts.brg_annex_rows '
        "where printed_table = ? and printed_row = ? and printed_column = ? order by all",
        [table, row, column],
    ).fetchall()
    sources = [
        {**source(file, sha256, sheet, line, "part", dataset), "number": added}
        for file, sha256, sheet, line, dataset, added in rows
    ]
    return Traced(f"{table}/{row}/{column}", None if number is None else str(number), number, None, sources)


def _table(figure: str) -> str | None:
    head = figure.partition("/")[0]
    return next((name for name, (place, _) in _TABLES.items() if head in (name, place)), None)


def _printed(connection: Any, table: str, row: str, column: str, figure: str) -> int | None:
    """What the annex prints before disclosure control; None where nobody told anything."""
    described = connection.execute(f"describe reports.rpt_annual__{table}").fetchall()
    counts = {name for name, kind, *_ in described if kind in ("BIGINT", "HUGEINT", "INTEGER")} - set(_NOT_COUNTS)
    key = _TABLES[table][1]
    is_total = row == ALL and table != "talent_networks"  # whose totals are rows of the model
    if column in counts:
        where, given = ("true", []) if is_total else (f"{key} = ?", [row])
        found = connection.execute(
            f'select count(*), sum("{column}") from reports.rpt_annual__{table} where {where}', given
        ).fetchone()
        if found[0]:
            return None if found[1] is None else int(found[1])
    raise UsageError(
        f"annex IX has no number {figure}: table/row/column, the table one of "
        f"{', '.join(f'{place} ({name})' for name, (place, _) in _TABLES.items())}, the column of {table} one of "
        f"{', '.join(sorted(counts))}, the row a code of its first column or {ALL}"
    )
