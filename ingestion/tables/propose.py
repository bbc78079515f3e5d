"""Which known table a workbook holds, on which sheet, how it is to be read; and what in it does not add up.

Lives here: choosing sheet and table, the draft for a person. Does not live here: opening the file (the jail), the
parts of a table (anatomy.py, headings.py, fields.py, sums.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import yaml

from expectations.findings import Finding, by_weight
from ingestion.tables.anatomy import Anatomy, Kind, anatomy_of
from ingestion.tables.fields import FieldMap, Heading, map_fields
from ingestion.tables.headings import headings_of
from ingestion.tables.known import Confirmed, KnownTable
from ingestion.tables.sums import findings_of
from ingestion.workbook.legacy_text import in_unicode, told
from ingestion.workbook.parsed import ParsedSheet, ParsedWorkbook, column_letter
from ingestion.workbook.said import Speaker


@dataclass(frozen=True)
class Found:
    """One known table on one sheet: its parts, headings by column (0-based), field map, and what was confirmed."""

    known: KnownTable
    sheet: ParsedSheet
    table: Anatomy
    headings: dict[int, Heading]
    fields: FieldMap
    confirmed: Confirmed | None

    @property
    def missing(self) -> int:
        """How many of the required fields no column is."""
        return sum(one.required and name not in self.fields.columns for name, one in self.known.fields.items())

    def records(self) -> Iterator[dict[str, str | Decimal | None]]:
        """The data rows: field -> name or number (None where the cell is blank), as they stand in the file."""
        label = next(name for name, one in self.known.fields.items() if one.label)
        for line in self.table.of(Kind.DATA):
            values = {n: line.values[c].number if c in line.values else None for n, c in self.fields.columns.items()}
            yield {**values, label: line.name}


@dataclass(frozen=True)
class TableProposal:
    """What was found in a workbook. Without doubts (`unsure`) `draft` is a layout to use."""

    found: Found | None
    unsure: tuple[str, ...]
    findings: tuple[Finding, ...]
    draft: str

    def to_json(self) -> dict[str, Any]:
        """The keys of `layout propose --json`: those of a register, and where the table lies."""
        one = self.found
        named = {n: " / ".join(one.headings[c]) for n, c in one.fields.columns.items()} if one else {}
        taken = set(one.fields.columns.values()) if one else set()
        others = [" / ".join(one.headings[c]) for c in one.table.columns if c not in taken] if one else []
        return {
            "columns": named,
            "ignored": others,
            "unsure": list(self.unsure),
            "layout": self.draft,
            "findings": [finding.to_json() for finding in self.findings],
        }


def propose_table(
    book: ParsedWorkbook, known: Sequence[KnownTable], confirmed: Callable[[str], Confirmed | None]
) -> TableProposal:
    """The table of a workbook. `confirmed` gives what a person answered about these bytes, by the table's name."""
    book, conversions = in_unicode(book)
    speaker = Speaker(book.file, None)
    candidates = [found for one in known for found in _candidates(book, one, confirmed(one.table))]
    best = _best(candidates)
    if not best:
        sheets = ", ".join(sheet.name for sheet in book.sheets)
        return TableProposal(None, (f"no known table on any sheet ({sheets})",), (), "")
    found = best[0]
    unsure = list(found.fields.unsure)
    if len(best) > 1:
        places = " or ".join(f'{one.known.table} on "{one.sheet.name}"' for one in best)
        unsure.insert(0, f"sheet: {places}; confirm one")
    spoken = told([one for one in conversions if one.sheet == found.sheet.name], speaker)
    findings = [*spoken, *findings_of(found.sheet, found.table, speaker)]
    return TableProposal(found, tuple(unsure), tuple(by_weight(findings)), _draft(found, unsure))


def _candidates(book: ParsedWorkbook, known: KnownTable, confirmed: Confirmed | None) -> Iterator[Found]:
    for sheet in book.sheets:
        if confirmed is not None and confirmed.sheet not in (None, sheet.name):
            continue
        table = anatomy_of(sheet)
        if table is not None:
            headings = headings_of(sheet, table)
            fields = map_fields(table, headings, known, confirmed)
            yield Found(known, sheet, table, headings, fields, confirmed)


def _best(candidates: list[Found]) -> list[Found]:
    """The candidates that lack the fewest required fields and know the most columns; none that knows less than two."""
    ranked = sorted(candidates, key=_rank)
    return [one for one in ranked if _rank(one) == _rank(ranked[0]) and len(one.fields.columns) > 1]


def _rank(found: Found) -> tuple[int, int]:
    return found.missing, -len(found.fields.columns)


def _draft(found: Found, unsure: list[str]) -> str:
    """The YAML, doubts first; what no field is stands under `other`, so that a person sees every column."""
    table, headings = found.table, found.headings
    taken = {column: name for name, column in found.fields.columns.items()}
    stated: dict[str, Any] = {
        "table": found.known.table,
        "sheet": found.sheet.name,
        "heading_rows": list(table.head),
        "numbering_row": table.numbering,
        "rows": [table.lines[0].first, table.lines[-1].last],
        "total_rows": [line.first for line in table.of(Kind.TOTAL)],
        "group_rows": [line.first for line in table.of(Kind.GROUP)],
        "data_rows": len(table.of(Kind.DATA)),
        "columns": {taken[c]: {"column": column_letter(c), "heading": " / ".join(headings[c])} for c in sorted(taken)},
        "other": {column_letter(c): " / ".join(headings[c]) for c in table.columns if c not in taken},
        "confirmed": found.confirmed.count if found.confirmed else 0,
    }
    lines = [f"# unsure: {doubt}" for doubt in unsure]
    return "\n".join([*lines, yaml.safe_dump(stated, allow_unicode=True, sort_keys=False, width=120)])
