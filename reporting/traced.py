"""What a trace gives: a figure and the rows under it, with the keys of `nhantai trace --json`.

Does not live here: how the rows are found (trace.py for indicators, trace_annex.py for annex IX).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Traced:
    """A figure (percent, n, N as the mart holds them) and its sources, ordered by file, sheet and row.

    A count of annex IX has its number as value and numerator, and no denominator.
    """

    figure: str
    value: str | None
    numerator: int | None
    denominator: int | None
    sources: list[dict[str, Any]]

    def to_json(self) -> dict[str, Any]:
        """The stable keys of `nhantai trace --json`."""
        return {
            "figure": self.figure,
            "value": self.value,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "sources": self.sources,
        }

    def in_words(self) -> str:
        """The figure as one line for a terminal."""
        if self.denominator is None and self.value == str(self.numerator):
            return f"{self.figure} = {self.value}"
        return f"{self.figure} = {self.numerator}/{self.denominator} ({self.value} %)"


def source(file: str, sha256: str, sheet: str | None, row: int | None, role: str, dataset: str) -> dict[str, Any]:
    """One source: file, hash, dataset and role; sheet and cell of a workbook, or the row of a register."""
    said: dict[str, Any] = {"file": file, "sha256": sha256, "role": role, "dataset": dataset}
    if sheet is None or row is None:
        return {**said, "row": row}
    return {**said, "sheet": sheet, "cell": f"A{row}"}
