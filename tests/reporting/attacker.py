"""What a reader can compute about withheld cells: exact integer ranges, from everything that stays in print.

Not a pytest module. The reader knows every printed cell and total, that parts add up to margins, that the two
structures count the same people, and that counts are whole and not negative. Solved with scipy's integer programming.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from reporting.suppression import Shape


class Reader:
    """Collects linear facts about cells; a cell is any hashable key, known ones carry their value."""

    def __init__(self) -> None:
        self.known: dict[Hashable, int] = {}
        self.unknown: dict[Hashable, int] = {}
        self.facts: list[tuple[dict[Hashable, int], float, float]] = []

    def cell(self, key: Hashable, value: int, hidden: bool) -> None:
        if hidden:
            self.unknown.setdefault(key, len(self.unknown))
        else:
            self.known[key] = value

    def fact(self, terms: dict[Hashable, int], low: float, high: float) -> None:
        self.facts.append((terms, low, high))

    def table(self, rows: Sequence[dict[str, Any]], shape: Shape, held: set[tuple[int, str]], name: str) -> None:
        """Enter one table: its cells, its column totals and what its columns are to each other."""
        columns = [shape.margin, *(c for g in shape.groups for c in g.columns), *shape.free]
        for column in columns:
            for i, row in enumerate(rows):
                self.cell((name, i, column), int(row[column]), (i, column) in held)
            total = sum(int(row[column]) for row in rows)
            self.fact({(name, i, column): 1 for i in range(len(rows))}, total, total)
        for i in range(len(rows)):
            for group in shape.groups:
                terms = {(name, i, c): -1 if c in group.minus else 1 for c in group.columns}
                terms[name, i, shape.margin] = -1
                self.fact(terms, -np.inf if group.is_open else 0, 0)

    def settled(self) -> list[Hashable]:
        """The withheld cells that can have one value only."""
        if not self.unknown:
            return []
        rule = self._rule()
        dice = np.random.default_rng(1)
        worlds = [self._world(dice.choice((-1, 1), len(self.unknown)), rule) for _ in range(6)]
        left = [key for key, i in self.unknown.items() if len({world[i] for world in worlds}) == 1]
        return [key for key in left if self._end(self.unknown[key], rule, 1) == self._end(self.unknown[key], rule, -1)]

    def _rule(self) -> LinearConstraint:
        matrix = np.zeros((len(self.facts), len(self.unknown)))
        low, high = np.empty(len(self.facts)), np.empty(len(self.facts))
        for line, (terms, least, most) in enumerate(self.facts):
            fixed = 0
            for key, factor in terms.items():
                if key in self.unknown:
                    matrix[line, self.unknown[key]] += factor
                else:
                    fixed += factor * self.known[key]
            low[line], high[line] = least - fixed, most - fixed
        return LinearConstraint(matrix, low, high)

    def _end(self, index: int, rule: LinearConstraint, sign: int) -> int:
        goal = np.zeros(len(self.unknown))
        goal[index] = sign
        return int(self._world(goal, rule)[index])

    def _world(self, goal: np.ndarray, rule: LinearConstraint) -> list[int]:
        """One set of values that fits all that is known."""
        found = milp(goal, constraints=rule, integrality=np.ones(len(goal)), bounds=Bounds(0, 10_000))
        assert found.success, found.message
        return [round(value) for value in found.x]
