"""A table's own figures against each other: printed totals, groups, "4=5+6", running numbers. Reported, never repaired.

Lives here: the arithmetic and its findings. Does not live here: the sentences (expectations/rules/texts).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from expectations.findings import Finding
from ingestion.tables.anatomy import Anatomy, Kind, Line
from ingestion.typing.text import fold
from ingestion.workbook.parsed import ParsedSheet, address
from ingestion.workbook.said import Place, Speaker, number

_FORMULA = re.compile(r"\(?([0-9]{1,2})\)?(?:\s*=\s*([0-9]{1,2}(?:\s*[+-]\s*[0-9]{1,2})+))?")
_TERM = re.compile(r"([+-]?)\s*([0-9]{1,2})")
LARGE = 1000
SHOWN = Decimal("0.0001")


def findings_of(sheet: ParsedSheet, table: Anatomy, speaker: Speaker) -> list[Finding]:
    """Everything that does not add up or cannot be read, with its cell; a sum may differ by what rounding explains."""
    return [
        *_unreadable(sheet, table, speaker),
        *_totals(sheet, table, speaker),
        *_groups(sheet, table, speaker),
        *_formulas(sheet, table, speaker),
        *_running(sheet, table, speaker),
        *_aside(sheet, table, speaker),
    ]


def _unreadable(sheet: ParsedSheet, table: Anatomy, speaker: Speaker) -> Iterator[Finding]:
    for line in table.lines:
        for column, value in line.values.items():
            place = Place(sheet=sheet.name, row=line.rows[column], column=column)
            if value.number is None:
                yield speaker.finding("BANG-LOI_O", place, value=value.text or None, ghi=value.text)
            elif value.as_text:
                yield speaker.finding("BANG-SO_CHU", place, value=value.text, ghi=value.text, doc=number(value.number))


def _totals(sheet: ParsedSheet, table: Anatomy, speaker: Speaker) -> Iterator[Finding]:
    """Each total against the data rows of the whole table."""
    for line in table.of(Kind.TOTAL):
        yield from _against(sheet, line, list(table.of(Kind.DATA)), "BANG-TONG", speaker)


def _groups(sheet: ParsedSheet, table: Anatomy, speaker: Speaker) -> Iterator[Finding]:
    """Each group against the data rows until the next one."""
    for place, line in enumerate(table.lines):
        if line.kind is not Kind.GROUP:
            continue
        own = []
        for other in table.lines[place + 1 :]:
            if other.kind is not Kind.DATA:
                break
            own.append(other)
        if own:
            yield from _against(sheet, line, own, "BANG-NHOM", speaker)


def _against(sheet: ParsedSheet, line: Line, parts: list[Line], rule: str, speaker: Speaker) -> Iterator[Finding]:
    for column, value in line.values.items():
        addends = [n for part in parts if column in part.values and (n := part.values[column].number) is not None]
        if value.number is None or not addends:
            continue
        yield from _compared(sheet, line, column, value.number, addends, rule, speaker)


def _formulas(sheet: ParsedSheet, table: Anatomy, speaker: Speaker) -> Iterator[Finding]:
    """Lines against the numbering row's "4=5+6": the numbers are those of the columns."""
    if table.numbering is None:
        return
    told = {c: _FORMULA.fullmatch(fold(cell.text)) for c, cell in sheet.rows[table.numbering].items()}
    columns = {found[1]: column for column, found in told.items() if found}
    for column, found in told.items():
        terms = [(sign, columns.get(term)) for sign, term in _TERM.findall(found[2])] if found and found[2] else []
        if not terms or any(at not in table.value_columns for _, at in terms):
            continue
        for line in table.lines:
            value = line.values.get(column)
            signed = [(sign, line.values[at].number) for sign, at in terms if at in line.values]
            if value is None or value.number is None or any(n is None for _, n in signed):
                continue
            parts = [-n if sign == "-" else n for sign, n in signed if n is not None]
            yield from _compared(sheet, line, column, value.number, parts, "BANG-CONG_THUC", speaker)


def _compared(
    sheet: ParsedSheet, line: Line, column: int, printed: Decimal, addends: list[Decimal], rule: str, speaker: Speaker
) -> Iterator[Finding]:
    summed = sum(addends, Decimal(0))
    if abs(printed - summed) <= _rounding([printed, *addends]):
        return
    place = Place(sheet=sheet.name, row=line.rows[column], column=column)
    told = {"ghi": printed, "cong": summed, "lech": printed - summed}
    facts: dict[str, Any] = {name: number(value.quantize(SHOWN)) for name, value in told.items()}
    yield speaker.finding(rule, place, value=facts["ghi"], ten=line.name or line.number, n=len(addends), **facts)


def _rounding(values: list[Decimal]) -> Decimal:
    """What rounding of each term explains: half a unit each. Tables of large numbers are rounded to whole units, the
    decimals that a cell still holds are not printed; small numbers are rounded to the decimals they show.
    """
    decimals = max(max(0, -int(value.as_tuple().exponent)) for value in values)
    unit = Decimal(1) if max(map(abs, values)) >= LARGE else Decimal(10) ** -min(decimals, 4)
    return unit * len(values) / 2


def _running(sheet: ParsedSheet, table: Anatomy, speaker: Speaker) -> Iterator[Finding]:
    """Running numbers that jump: a row may be missing, or twice. Counting may begin again in each group."""
    before = 0
    for line in table.lines:
        if line.kind is Kind.GROUP and before:
            continue
        if not line.number.isdigit():
            continue
        written = int(line.number)
        if written not in (before + 1, 1) and table.number_column is not None:
            place = Place(sheet=sheet.name, row=line.first, column=table.number_column)
            yield speaker.finding("BANG-STT", place, value=line.number, ghi=line.number, dung=before + 1)
        before = written


def _aside(sheet: ParsedSheet, table: Anatomy, speaker: Speaker) -> Iterator[Finding]:
    """What is read although it is hidden, and numbers beneath the table that belong to no line."""
    inside = [row for row in sorted(sheet.hidden_rows) if table.lines[0].first <= row <= table.lines[-1].last]
    if inside:
        place = Place(sheet=sheet.name, row=inside[0], column=table.label_column)
        yield speaker.finding("BANG-AN", place, n=len(inside), dong=", ".join(map(str, inside)))
    for row in table.stray:
        column = min(sheet.rows[row])
        yield speaker.finding("BANG-DUOI", Place(sheet=sheet.name, row=row, column=column), o=address(row, column))
