"""The book in which planted faults are written down, and the season's choice of faults.

Lives here: ``Planted`` (what was done where, which finding it must cause, who answers it). Does not live here: deeds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from ingestion.rehearsal.papers import Register, Return
from ingestion.rehearsal.world import World


@dataclass(frozen=True)
class Deed:
    """One planted fault: its kind, the file, where in it (asked when all is in place), the rule that must find it."""

    kind: str
    rule: str
    year: int
    file: Return | Register
    sheet: str | None
    cell: Callable[[], str | None]


@dataclass(frozen=True)
class Answer:
    """A line of ``explanations.csv``: an agency's answer to a query, or that it will not report."""

    year: int
    agency_code: str
    rule: str
    explanation: str
    answered_by: str
    answered_at: datetime
    sheet: str = ""
    cell: Callable[[], str | None] = field(default=lambda: None)


@dataclass
class Planted:
    """All deeds and answers of a season, in the order in which they were done."""

    deeds: list[Deed] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    def findings(self) -> list[dict[str, str | None]]:
        """The findings that must be found, with their addresses."""
        return [
            {
                "kind": deed.kind,
                "rule": deed.rule,
                "year": str(deed.year),
                "file": deed.file.file_name,
                "sheet": deed.sheet,
                "cell": deed.cell(),
            }
            for deed in self.deeds
        ]

    def kinds(self) -> tuple[str, ...]:
        """The kinds that were planted, sorted."""
        return tuple(sorted({deed.kind for deed in self.deeds}))


def plant(world: World, seed: int, faults: str, returns: list[Return], registers: list[Register]) -> Planted:
    """Spoil returns and registers in place as the season's ``faults`` say, and write down what was done."""
    planted = Planted()
    return planted
