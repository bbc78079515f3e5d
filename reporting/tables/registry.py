"""Which annexes there are and which function fills each of their tables: the one list that every surface prints from.

Does not live here: titles and columns (`wording/annexes.yml`). A table that is not registered is not printed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from reporting.tables import affairs, indicators, people, process, work
from reporting.tables.model import Annex, Table
from reporting.warehouse import Report
from reporting.wording import annexes as wording

Fill = Callable[[Report], Table]

TABLES: dict[str, dict[str, Fill]] = {
    "I": {"indicators": indicators.indicators, "readings": indicators.readings},
    "II": {key: partial(people.recruitment, key=key) for key in ("as_reported", "year_end")},
    "III": {"talents": people.talents},
    "IV": {"departures": people.departures, "cohorts": people.cohorts},
    "V": {"trainings": people.trainings},
    "VI": {"tasks": work.tasks},
    "VII": {"duties": work.duties},
    "VIII": {"budgets": work.budgets},
    "IX": {
        "nominations": affairs.nominations, "commendations": affairs.commendations, "violations": affairs.violations,
        "communications": affairs.communications, "talent_networks": affairs.networks,
    },
    "X": {"submissions": process.submissions},
    "XII": {"definitions": indicators.definitions, "parameters": indicators.parameters},
    "XIII": {"data_quality": process.data_quality},
    "XIV": {"documents": work.documents},
    "XV": {"proposals": work.proposals},
    "XVI": {"plans": work.plans, "own_targets": work.own_targets},
}  # fmt: skip


def all_annexes(report: Report) -> tuple[Annex, ...]:
    """The annexes I to XVI in order, filled from a report that may be published; absent ones say why."""
    filled = []
    for number, spec in wording().items():
        tables = tuple(fill(report) for fill in TABLES.get(number, {}).values())
        filled.append(Annex(number, spec["title"].format(nam=report.year), tables, spec.get("absent", "")))
    return tuple(filled)
