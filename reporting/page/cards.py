"""The seven indicators as cards: the five ideas of the report, with the figures of Annex I set large.

Does not live here: the sentences (``narrative.indicator``), the figures (``tables.indicators``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reporting.disclosure import HIDDEN
from reporting.narrative.indicator import LETTER_OF, ideas
from reporting.page.pictures import percent
from reporting.tables import indicators
from reporting.tables.model import Cell
from reporting.warehouse import Report
from reporting.warehouse import Row as ModelRow

_JUDGED = ("met", "approximately_met", "not_met")
# verdict → (class of the badge, mark that says it without colour)
_LOOKS = {
    "met": ("met", "✓"),
    "approximately_met": ("met", "≈"),
    "not_met": ("missed", "✗"),
    "not_computable": ("open", "?"),
}
_WAITING = ("waiting", "–")


@dataclass(frozen=True)
class Card:
    """What a card shows of one indicator; every text as it is printed. Nothing due: no ``value``, no ``fraction``."""

    code: str
    name: str
    value: str
    fraction: str
    unit: str
    target: str
    verdict: str
    look: str
    mark: str
    reading: str
    result: str
    conclusion: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Differing:
    """A reading that leads to another verdict than the headline of its indicator."""

    name: str
    headline: str
    reading: str
    fraction: str
    verdict: str


def cards(report: Report) -> list[Card]:
    """One card an indicator, in the order of the report."""
    printed = indicators.indicators(report).rows
    return [_card(report, row, cells.cells) for row, cells in zip(report.indicators, printed, strict=True)]


def differing(report: Report) -> Iterator[Differing]:
    """The readings that give another verdict, indicator by indicator."""
    for row in report.indicators:
        for other in report.readings_of(str(row["indicator_code"])):
            told = not other["is_headline"] and other["denominator"] and other["denominator"] is not HIDDEN
            if told and other["verdict"] in _JUDGED and other["verdict"] != row["verdict"]:
                yield Differing(
                    name=str(row["name_vi"]),
                    headline=indicators.verdict_text(row),
                    reading=indicators.other_words(row, other),
                    fraction=indicators.fraction(other),
                    verdict=indicators.verdict_text(other),
                )


def _card(report: Report, row: ModelRow, cells: Mapping[str, Cell]) -> Card:
    said = ideas(report, str(row["indicator_code"]))
    look, mark = _LOOKS.get(str(row["verdict"]), _WAITING)
    counted = row["verdict"] != "not_due" and bool(row["denominator"])
    return Card(
        code=str(row["indicator_code"]),
        name=f"{LETTER_OF[str(row['indicator_code'])]}) {row['name_vi']}",
        value=percent(cells["value"]) if counted else "",
        fraction=f"{cells['numerator'].text()}/{cells['denominator'].text()}" if counted else "",
        unit=str(row["counted_unit_vi"]),
        target=str(row["target_text_vi"]),
        verdict=cells["verdict"].text(),
        look=look,
        mark=mark,
        reading=said.reading,
        result=said.result,
        conclusion=said.conclusion,
        notes=said.notes,
    )
