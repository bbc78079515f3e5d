"""What a printed table is: columns from `wording/annexes.yml`, rows of cells that know how they are written.

Lives here: Cell, Column, Table, Annex and the small makers of cells. Does not live here: any figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from reporting import numbers
from reporting.disclosure import HIDDEN
from reporting.wording import annexes

NUMERIC = frozenset({"order", "count", "percent", "amount", "number"})
BODY, TOTAL, SECTION = "body", "total", "section"


@dataclass(frozen=True)
class Cell:
    """One cell: a value with its decimals, or a symbol of worked-examples § 9.0 in its place."""

    value: int | Decimal | date | str | None = None
    places: int = 0
    symbol: str = ""
    suffix: str = ""

    def text(self) -> str:
        """The cell as it is printed, in Vietnamese."""
        if self.symbol:
            return self.symbol
        if isinstance(self.value, int | Decimal):
            return numbers.written(self.value, self.places) + (f" {self.suffix}" if self.suffix else "")
        if isinstance(self.value, date):
            return numbers.day_in_table(self.value)
        return self.value or ""


@dataclass(frozen=True)
class Column:
    """A column: the key of its cells, the entry of the number row, the heading, the kind and the width in mm."""

    key: str
    code: str
    label: str
    kind: str
    width: int

    @property
    def is_numeric(self) -> bool:
        """Whether its cells are numbers."""
        return self.kind in NUMERIC

    @property
    def side(self) -> str:
        """Where its cells stand: ``center``, ``right`` for numbers, ``left`` for text."""
        if self.kind in ("order", "day", "ratio"):
            return "center"
        return "right" if self.is_numeric else "left"


@dataclass(frozen=True)
class Row:
    """The cells of a row by column key; ``kind`` is body, total or section (a heading within the table)."""

    cells: Mapping[str, Cell]
    kind: str = BODY


@dataclass(frozen=True)
class Table:
    """A table ready to print. ``title`` is empty where the annex has one table only."""

    key: str
    title: str
    unit: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    landscape: bool = False
    in_document: bool = True

    def grid(self) -> list[list[str]]:
        """All cells as printed, row by row."""
        return [[row.cells.get(column.key, Cell()).text() for column in self.columns] for row in self.rows]

    def symbols(self) -> tuple[str, ...]:
        """The symbols that stand in this table, in the order of their explanation."""
        used = {cell.symbol for row in self.rows for cell in row.cells.values()}
        used |= {cell.suffix for row in self.rows for cell in row.cells.values()}
        return tuple(s for s in (*numbers.SYMBOLS, numbers.PROVISIONAL, numbers.RESTATED) if s in used)


@dataclass(frozen=True)
class Annex:
    """An annex: its Roman number, its title, its tables, or why it has none."""

    number: str
    title: str
    tables: tuple[Table, ...] = ()
    absent: str = ""


def table(number: str, key: str, rows: Iterable[Row], **facts: Any) -> Table:
    """Put rows under the columns that `wording/annexes.yml` gives this table."""
    spec = annexes()[number]["tables"][key]
    return Table(
        key=key,
        title=spec.get("title", "").format(**facts),
        unit=spec["unit"],
        columns=tuple(Column(*column) for column in spec["columns"]),
        rows=tuple(rows),
        notes=tuple(spec.get("notes", ())),
        landscape=spec.get("landscape", False),
        in_document=spec.get("in_document", True),
    )


def count(value: Any, zero: str = numbers.NOTHING, suffix: str = "") -> Cell:
    """A count; nothing is ``zero`` (``-`` unless nought is a result), not collected is ``...``, withheld is ``c``."""
    return exact(value, 0, zero, suffix)


def exact(value: Any, places: int, zero: str = numbers.NOTHING, suffix: str = "") -> Cell:
    """A number with so many decimals, by the same symbols as a count."""
    if value is HIDDEN:
        return Cell(symbol=numbers.WITHHELD)
    if value is None:
        return Cell(symbol=numbers.NOT_COLLECTED)
    if not value and zero:
        return Cell(symbol=zero)
    return Cell(numbers.rounded(value, places) if places else int(value), places, suffix=suffix)


def share(numerator: Any, denominator: Any, target: Any = None, suffix: str = "") -> Cell:
    """A share in percent by the printing rule; ``-`` on an empty denominator, ``c`` when either side is withheld."""
    if numerator is HIDDEN or denominator is HIDDEN:
        return Cell(symbol=numbers.WITHHELD)
    if numerator is None or denominator is None:
        return Cell(symbol=numbers.NOT_COLLECTED)
    if not denominator:
        return Cell(symbol=numbers.NOTHING)
    places = numbers.decimals_for(numerator, denominator, target)
    return Cell(numbers.rounded(numbers.share(numerator, denominator), places), places, suffix=suffix)


def text(value: Any) -> Cell:
    """A text; an absent one is an empty cell."""
    return Cell(symbol=numbers.WITHHELD) if value is HIDDEN else Cell("" if value is None else str(value))


def symbol(sign: str) -> Cell:
    """One of the symbols of § 9.0."""
    return Cell(symbol=sign)


def day(value: date | None, absent: str = numbers.NOT_COLLECTED) -> Cell:
    """A day; an absent one is a symbol."""
    return Cell(symbol=absent) if value is None else Cell(value)


def numbered(rows: Iterable[Row]) -> list[Row]:
    """Give body rows their STT; totals and sections have none."""
    result, order = [], 0
    for row in rows:
        if row.kind == BODY:
            order += 1
            row = Row({"order": Cell(order), **row.cells}, row.kind)
        result.append(row)
    return result
