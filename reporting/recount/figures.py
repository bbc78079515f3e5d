"""A counted figure and the rows it becomes.

Lives here: grouping counted persons or agencies into figures, the province as their sum, the row format.
Does not live here: what is counted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

PROVINCE = "LS"
AS_REPORTED = "as_reported"


@dataclass(frozen=True)
class Figure:
    """n of N of one indicator, reading, year, agency and structure."""

    indicator_code: str
    reading: str
    reporting_year: int
    period_code: str
    agency_code: str
    structure_on: str
    numerator: int
    denominator: int


@dataclass(frozen=True)
class Counted:
    """One member of a denominator: {structure: the row where it stands}, and whether it is in the numerator."""

    places: Mapping[str, str]
    hit: bool


def figures_of(
    indicator: str,
    reading: str,
    year: int,
    period: str,
    members: Iterable[Counted],
    rosters: Mapping[str, Iterable[str]],
) -> list[Figure]:
    """Return the province's and the agencies' figures in every structure of `rosters`.

    `rosters` maps a structure to the agencies that have a row even when nothing was counted there.
    """
    counted = list(members)
    figures = []
    for structure, roster in rosters.items():
        tally = {agency: [0, 0] for agency in roster}
        for member in counted:
            cell = tally.setdefault(member.places[structure], [0, 0])
            cell[0] += member.hit
            cell[1] += 1
        tally[PROVINCE] = [sum(member.hit for member in counted), len(counted)]
        figures += [Figure(indicator, reading, year, period, a, structure, n, d) for a, (n, d) in tally.items()]
    return figures


def as_rows(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """Return the figures as sorted rows of plain values."""
    return sorted((dict(vars(figure)) for figure in figures), key=lambda row: [str(value) for value in row.values()])
