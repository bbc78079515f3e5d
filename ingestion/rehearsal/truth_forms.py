"""How many lines of which form stand in the marts, and what their numbers add up to: counted from what was said.

Lives here: returns → rows and sums by year, sender and dataset. Does not live here: figures of indicators.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from ingestion.rehearsal.affairs import TOLD
from ingestion.rehearsal.papers import Return, SaysLine
from ingestion.template.pages import contract_of

Place = tuple[int, str, str]
"""Reporting year, sender, dataset."""


def forms_told(current: list[Return]) -> list[dict[str, object]]:
    """One entry a year, sender and dataset: ``rows``, and the sum of every number field. What is told again (a grant
    whose promise was broken, a document that still holds) counts once, as it was told last."""
    last: dict[object, tuple[Place, SaysLine]] = {}
    for one in sorted(current, key=lambda r: (r.sending.year, r.received_at)):
        for form in TOLD:
            for row in one.rows(form):
                if isinstance(row.says, SaysLine):
                    place = (one.sending.year, one.sending.body, contract_of(form).name)
                    last[(form, row.says.thing) if row.says.thing else id(row)] = place, row.says
    rows: dict[Place, int] = defaultdict(int)
    sums: dict[Place, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for place, says in last.values():
        rows[place] += 1
        for name, number in says.numbers:
            sums[place][name] += number
    return [
        {"reporting_year": year, "agency_code": body, "dataset": dataset, "rows": rows[year, body, dataset],
         "sums": {name: str(total) for name, total in sorted(sums[year, body, dataset].items())}}
        for year, body, dataset in sorted(rows)
    ]  # fmt: skip
