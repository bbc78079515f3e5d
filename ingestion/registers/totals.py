"""Printed totals of a register against its rows: of the whole file, or of one group of it, above or below (S13).

Lives here: counts and sums of the rows between total lines, set-based, and the finding of a figure that agrees with
none of them. Does not live here: which lines are totals (total_lines.py), totals of forms (workbook/totals.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

import duckdb

from expectations.contracts.load import load
from expectations.findings import Finding
from expectations.rules.naming import NAMED_ROWS, with_the_rest
from ingestion.registers.layout import format_of
from ingestion.registers.source import Reject
from ingestion.registers.told import Register, say
from ingestion.registers.total_lines import Printed, TotalLine
from ingestion.registers.words import Asked
from ingestion.workbook.parsed import address
from ingestion.workbook.said import number

_IN_FORCE = {"recruitment_register": "status = 'hieu_luc'"}
"""Rows that a total may mean alone: lines that say a decision was cancelled are often not counted."""


@dataclass(frozen=True)
class Span:
    """The rows from one total line to another: parts `first` to `last`, both included (part 0 is above all totals)."""

    first: int
    last: int


@dataclass
class Parts:
    """What the rows say, by part: rows, rows in force, ragged lines, persons, and the sum of each field of numbers.

    A sum is None where a number of the part cannot be read: that cell has its own finding.
    """

    rows: list[int]
    in_force: list[int]
    ragged: list[int]
    sums: dict[str, list[Decimal | None]]

    def counts(self, span: Span) -> tuple[int, ...]:
        """The numbers of lines that a total over the span may print, that of all rows first."""
        rows = self._of(self.rows, span)
        return rows, rows + self._of(self.ragged, span), self._of(self.in_force, span)

    def sum(self, field: str, span: Span) -> Decimal | None:
        """The sum of a field over the span, None where it cannot be known."""
        parts = self.sums[field][span.first : span.last + 1]
        if self._of(self.ragged, span) or any(part is None for part in parts):
            return None
        return sum((part for part in parts if part is not None), Decimal(0))

    def spans(self, total: int) -> list[Span]:
        """What the total line number `total` (from 1) may be a total of, the likeliest first: all above (all below,
        where nothing is above), the rows since the total before, those until the next one.
        """
        whole = Span(0, total - 1)
        if not self._of(self.rows, whole):
            whole = Span(total, len(self.rows) - 1)
        found = [whole, Span(total - 1, total - 1), Span(total, total)]
        return [span for span in found if self._of(self.rows, span)]

    def _of(self, numbers: Sequence[int], span: Span) -> int:
        return sum(numbers[span.first : span.last + 1])


def tell(
    connection: duckdb.DuckDBPyConnection,
    register: Register,
    lines: list[TotalLine],
    ragged: list[Reject],
    sheet: str | None,
    asked: Sequence[Asked],
) -> list[Finding]:
    """A query for each printed figure that no sum or count of the rows explains; one that agrees is silent.

    `lines` have the rows of the file; Rows are those of the file, whatever gate 1 says
    of them: a total was printed over what was written.
    """
    if not any(line.figures for line in lines):
        return []
    lines = [line for line in lines if line.figures]
    fields = {int(one.source[1:]): one.field.name for one in asked}
    summed = sorted({one.field for line in lines for one in line.figures if one.field})
    parts = _parts(connection, register, [line.row for line in lines], ragged, summed)
    wrong = [(line, one, parts.spans(nth)) for nth, line in enumerate(lines, start=1) for one in line.figures
             if not _agrees(one, parts, parts.spans(nth))]  # fmt: skip
    if any(one.field is None for _, one, _ in wrong):
        persons = _Persons.of(connection, register, [line.row for line in lines])
        wrong = [each for each in wrong if each[1].field or not persons.are(int(each[1].number), each[2])]
    named = [_finding(register, line, one, parts, spans, sheet, fields) for line, one, spans in wrong[:NAMED_ROWS]]
    return with_the_rest(named, len(wrong))


def _agrees(one: Printed, parts: Parts, spans: list[Span]) -> bool:
    """Whether the figure is what some span says, or nothing can be said; over no rows at all only 0 agrees."""
    if not spans:
        return one.number == 0
    if one.field is None:
        return any(one.number in parts.counts(span) for span in spans)
    sums = [parts.sum(one.field, span) for span in spans]
    return sums[0] is None or one.number in sums


def _finding(
    register: Register,
    line: TotalLine,
    one: Printed,
    parts: Parts,
    spans: list[Span],
    sheet: str | None,
    fields: Mapping[int, str],
) -> Finding:
    contract = load(register.dataset)
    facts: dict[str, str] = {"ghi": number(one.number)}
    if one.field is None:
        facts["n"] = number(Decimal(parts.counts(spans[0])[0] if spans else 0))
    else:
        unit = contract.field(one.field).unit
        summed = (parts.sum(one.field, spans[0]) if spans else None) or Decimal(0)
        facts |= {"cong": number(summed), "don_vi": f" ({unit})" if unit else ""}
    cell = address(line.row, one.column) if format_of(register.file_name) != "parquet" else None
    place: dict[str, Any] = {"sheet": sheet, "cell": cell, "row": line.row}
    rule = f"{contract.code}-{'TOTAL-COUNT' if one.field is None else 'TOTAL-MISMATCH'}"
    value = one.text[:60] if one.field is None else number(one.number)
    return say(
        register, rule, "query", {**facts, **_address(place)}, field=fields.get(one.column), value=value, **place
    )


def _address(place: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in place.items() if value is not None}


def _parts(
    connection: duckdb.DuckDBPyConnection,
    register: Register,
    breaks: list[int],
    ragged: list[Reject],
    summed: list[str],
) -> Parts:
    """One aggregate over the register's rows, grouped by the total line above them."""
    sums = "".join(
        f""", CASE WHEN count(*) FILTER ("{name}" IS NULL AND "{name}__raw" IS NOT NULL) = 0
            THEN CAST(coalesce(sum("{name}"), 0) AS VARCHAR) END"""
        for name in summed
    )
    rows = connection.execute(
        f"""
        SELECT part, count(*), count(*) FILTER ({_IN_FORCE.get(register.dataset, "true")}){sums}
        FROM ({_placed(register)}) GROUP BY part
        """,
        _given(register, breaks),
    ).fetchall()
    size = len(breaks) + 1
    parts = Parts([0] * size, [0] * size, [0] * size, {name: [Decimal(0)] * size for name in summed})
    for part, count, in_force, *totals in rows:
        parts.rows[part], parts.in_force[part] = count, in_force
        for name, total in zip(summed, totals, strict=True):
            parts.sums[name][part] = None if total is None else Decimal(total)
    for nth, (after, before) in enumerate(pairwise([0, *breaks, 1 << 31])):
        parts.ragged[nth] = sum(after < line.row < before for line in ragged)
    return parts


def _placed(register: Register) -> str:
    """SQL of the register's rows with the number of total lines above each."""
    return f"""
        SELECT t.*, coalesce(b.nth, 0) AS part
        FROM (SELECT * FROM typed.{register.dataset} WHERE submission_id = $submission) AS t
        ASOF LEFT JOIN (SELECT unnest($breaks) AS at, generate_subscripts($breaks, 1) AS nth) AS b ON t."row" >= b.at
    """


def _given(register: Register, breaks: list[int]) -> dict[str, Any]:
    return {"submission": register.submission_id, "breaks": breaks}


@dataclass(frozen=True)
class _Persons:
    """How many different persons each part has, and how many of them in no part before it or in no part after it."""

    within: dict[int, int]
    firsts: dict[int, int]
    lasts: dict[int, int]

    @staticmethod
    def of(connection: duckdb.DuckDBPyConnection, register: Register, breaks: list[int]) -> _Persons:
        """Asked only where a count is no number of lines: courses are often totalled by person."""
        if "national_id" not in load(register.dataset).field_names:
            return _Persons({}, {}, {})
        rows = connection.execute(
            f"""
            WITH seen AS (
                SELECT identity_kind, national_id, part, min(part) OVER w AS first, max(part) OVER w AS last
                FROM (SELECT DISTINCT coalesce(identity_kind, 'cccd') AS identity_kind, national_id, part
                      FROM ({_placed(register)}) WHERE national_id IS NOT NULL)
                WINDOW w AS (PARTITION BY identity_kind, national_id))
            SELECT part, count(*), count(*) FILTER (first = part), count(*) FILTER (last = part) FROM seen GROUP BY part
            """,
            _given(register, breaks),
        ).fetchall()
        return _Persons(*({row[0]: row[nth] for row in rows} for nth in (1, 2, 3)))

    def are(self, printed: int, spans: list[Span]) -> bool:
        """Whether a span has so many persons; spans are one part, everything above a line, or everything below."""
        return any(printed == count for span in spans for count in self._counts(span))

    def _counts(self, span: Span) -> Iterator[int]:
        parts = range(span.first, span.last + 1)
        if len(parts) == 1:
            yield self.within.get(span.first, 0)
        elif span.first == 0:
            yield sum(self.firsts.get(part, 0) for part in parts)
        else:
            yield sum(self.lasts.get(part, 0) for part in parts)
