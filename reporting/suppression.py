"""Which cells of one table must be withheld so that no small count can be read off or computed from the rest.

Lives here: the algorithm, on plain rows of counts; it knows nothing of talents, agencies or Vietnamese.
Does not live here: which tables are protected and how they hang together (``disclosure``).

The idea that makes it provable: a group of parts is withheld for whole rows, never cell by cell. Every row has a
*margin*, and the parts of a group add up to it. A row with a small margin loses margin and parts; a row with a small
part loses the parts of that group only. All a reader then knows of the withheld block are its row sums and its column
sums, and for such a block the range of every cell is exact (Fréchet): from ``max(0, row + column − all)`` to
``min(row, column)``. Blocks grow by the cheapest rows until every range is open: the other rows of the block hold at
least ``least``, and every column of the block sums to nothing or to at least ``least``. A column that sums to nothing
and the only filled column of a group are no secret and stay in print.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

REST = "~rest"
Counts = Mapping[str, Any]


@dataclass(frozen=True)
class Group:
    """Columns whose sum is the margin: ``minus`` ones are subtracted, an ``is_open`` group lacks an implied rest."""

    columns: tuple[str, ...]
    minus: frozenset[str] = frozenset()
    is_open: bool = False

    def parts(self, row: Counts, margin: str) -> dict[str, int]:
        """The counts of a row by column, with the implied rest of an open group."""
        counts = {name: count_of(row, name) for name in self.columns}
        if self.is_open:
            counts[REST] = count_of(row, margin) - sum(counts.values())
        return counts

    def is_settled(self, row: Counts, margin: str) -> bool:
        """Whether the printed margin already says that every part is zero."""
        return not self.minus and not count_of(row, margin)


@dataclass(frozen=True)
class Shape:
    """What the columns of a table are to each other.

    ``free`` counts add up over the rows but belong to no margin; ``amounts`` are never small in themselves and are
    withheld where the margin or a free count is; ``rates`` are (rate, numerator, denominator).
    """

    margin: str
    groups: tuple[Group, ...] = ()
    free: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    rates: tuple[tuple[str, str, str], ...] = ()


@dataclass
class Block:
    """Indices of rows: ``small`` lose their margin, ``parts[g]`` the parts of group g, ``free[name]`` that count."""

    small: set[int] = field(default_factory=set)
    parts: dict[int, set[int]] = field(default_factory=dict)
    free: dict[str, set[int]] = field(default_factory=dict)


def is_small(count: int, least: int) -> bool:
    """A count that may not be printed: there is somebody, but fewer than ``least``."""
    return 0 < count < least


def count_of(row: Counts, name: str) -> int:
    """A count, nothing for a missing one."""
    value = row.get(name)
    return int(value) if value else 0


def has_small_part(row: Counts, group: Group, margin: str, least: int) -> bool:
    """Whether any part of the group, or its implied rest, is small."""
    return any(is_small(count, least) for count in group.parts(row, margin).values())


def find_block(rows: Sequence[Counts], shape: Shape, least: int, units: Sequence[Hashable] | None = None) -> Block:
    """The rows to withhold in a table whose column totals are printed.

    ``units`` names for each row what belongs together (default: every row by itself): a unit's own sum is protected
    like a row. When no growth can protect a group, everything is withheld, rows without anybody too.
    """
    unit = list(units) if units is not None else list(range(len(rows)))
    block = Block()
    for name in shape.free:
        block.free[name] = _grown_counts(rows, name, least, unit)
    block.small = _grown_counts(rows, shape.margin, least, unit)
    for index, group in enumerate(shape.groups):
        held = block.small | {i for i, row in enumerate(rows) if has_small_part(row, group, shape.margin, least)}
        if not _grow(held, rows, shape.margin, _part_weakness(rows, group, shape.margin, least, unit)):
            everybody = set(range(len(rows)))
            margins = everybody if any(count_of(row, shape.margin) for row in rows) else set()
            return Block(margins, dict.fromkeys(range(len(shape.groups)), everybody), block.free)
        block.parts[index] = held
    return block


def withheld_cells(
    rows: Sequence[Counts], shape: Shape, block: Block, secret: Collection[str] = ()
) -> set[tuple[int, str]]:
    """The (row, column) pairs to print as withheld. ``secret`` columns are withheld over the block even where the
    rows at hand would let them stay, because another table withholds them for the same people.
    """
    cells = {(i, shape.margin) for i in block.small}
    cells |= {(i, name) for name, held in block.free.items() for i in held}
    for index, group in enumerate(shape.groups):
        held = block.parts.get(index, set())
        sums = _sums([group.parts(rows[i], shape.margin) for i in held])
        filled = {name for name, total in sums.items() if total}
        kept = set(secret).intersection(group.columns)
        holders = held if kept or len(filled) > 1 else held & block.small
        for name in (filled | kept).intersection(group.columns):
            cells |= {(i, name) for i in holders if i in block.small or not group.is_settled(rows[i], shape.margin)}
    for name in shape.amounts:
        cells |= {(i, name) for i in block.small.union(*block.free.values())}
    for rate, numerator, denominator in shape.rates:
        cells |= {(i, rate) for i, name in set(cells) if name in (numerator, denominator)}
    return cells


def open_enough(counts: Sequence[int], least: int) -> bool:
    """Whether withheld counts with a known sum stay unknown, even to one who supposes that each holds somebody."""
    return sum(counts) - sum(1 for count in counts if count) >= least - 1


Weakness = Callable[[set[int]], set[int] | None]


def _grown_counts(rows: Sequence[Counts], name: str, least: int, unit: Sequence[Hashable]) -> set[int]:
    """The rows that lose a count with a printed total: the small ones and what hides them, or else all."""

    def weakness(held: set[int]) -> set[int] | None:
        if not held:
            return None
        owners = {unit[i] for i in held}
        if len(owners) > 1 and open_enough([count_of(rows[i], name) for i in held], least):
            return None
        others = owners if len(owners) == 1 else set()
        return {i for i, row in enumerate(rows) if i not in held and unit[i] not in others and count_of(row, name)}

    held = {i for i, row in enumerate(rows) if is_small(count_of(row, name), least)}
    return held if _grow(held, rows, name, weakness) else set(range(len(rows)))


def _part_weakness(rows: Sequence[Counts], group: Group, margin: str, least: int, unit: Sequence[Hashable]) -> Weakness:
    """None when the withheld parts are safe, else the rows that would help against the first weakness found."""
    parts = [group.parts(row, margin) for row in rows]
    whole = _sums(parts)

    def weakness(held: set[int]) -> set[int] | None:
        if not held:
            return None
        if any(count < 0 for counts in parts for count in counts.values()):
            return set()  # parts that exceed their margin: no rest, no range, nothing of it can be proved
        for own in {unit[i] for i in held}:
            if sum(count_of(rows[i], margin) for i in held if unit[i] != own) < least:
                return {i for i, r in enumerate(rows) if i not in held and unit[i] != own and count_of(r, margin)}
        for name, total in _sums([parts[i] for i in held]).items():
            if is_small(total, least) and total < whole[name]:  # a small total of all is in print anyway
                return {i for i in range(len(rows)) if i not in held and parts[i][name]}
        return None

    return weakness


def _grow(held: set[int], rows: Sequence[Counts], name: str, weakness: Weakness) -> bool:
    """Add the cheapest helping row until there is no weakness. False when nothing can help any more."""
    while (helpers := weakness(held)) is not None:
        if not helpers:
            return False
        held.add(min(helpers, key=lambda i: (count_of(rows[i], name), i)))
    return True


def _sums(parts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for counts in parts:
        for name, count in counts.items():
            sums[name] = sums.get(name, 0) + count
    return sums
