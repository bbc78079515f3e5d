"""Printed totals against the rows they sum: of the whole table, or of one group of it, above or below its rows.

Lives here: the sums of one form sheet. Does not live here: which rows are totals (rows.py), sentences (said.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple


class WrongTotal(NamedTuple):
    """A printed total that is no sum of its rows: 1-based row, field, what is printed, what the rows add up to."""

    row: int
    field: str
    printed: Decimal
    summed: Decimal


@dataclass
class Totals:
    """What was met on the way down a sheet: numbers of data rows, lines that head a group, printed totals."""

    _rows: list[tuple[int, Mapping[str, Decimal]]] = field(default_factory=list)
    _breaks: list[int] = field(default_factory=list)
    _printed: list[tuple[int, Mapping[str, Decimal]]] = field(default_factory=list)

    def add(self, row: int, numbers: Mapping[str, Decimal]) -> None:
        """A data row with its numbers."""
        self._rows.append((row, numbers))

    def title(self, row: int) -> None:
        """A line that heads a group."""
        self._breaks.append(row)

    def total(self, row: int, numbers: Mapping[str, Decimal]) -> None:
        """A line of totals; it is never counted itself."""
        self._printed.append((row, numbers))
        self._breaks.append(row)

    def wrong(self) -> Iterator[WrongTotal]:
        """The printed totals that agree with no sum they could mean, once the whole sheet has been seen."""
        names = {name for _, numbers in self._rows for name in numbers}
        for row, numbers in self._printed:
            before = max((at for at in self._breaks if at < row), default=0)
            after = min((at for at in self._breaks if at > row), default=1 << 30)
            spans = [(0, row), (before, row), (row, after)]
            if not any(at < row for at, _ in self._rows):
                spans[0] = (row, 1 << 30)  # nothing above: the whole table is below
            spans = [span for span in spans if any(span[0] < at < span[1] for at, _ in self._rows)]
            for name in sorted(names & numbers.keys()):
                sums = [self._sum(name, *span) for span in spans]
                if sums and numbers[name] not in sums:
                    yield WrongTotal(row, name, numbers[name], sums[0])

    def _sum(self, name: str, after: int, before: int) -> Decimal:
        return sum((numbers.get(name, Decimal(0)) for at, numbers in self._rows if after < at < before), Decimal(0))
