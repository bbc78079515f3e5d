"""The dated lists a workbook is read with, gathered once per home: bodies, code lists, id prefixes, owed forms.

Lives here: one value made from expectations/reference and a home's overlay. Does not live here: the lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from expectations.home import Home
from expectations.reference.agencies import Registry
from expectations.reference.load import read
from expectations.rules.parameters import from_reference
from ingestion.template.owed import Sender, last_on_time_day, owed_forms
from ingestion.typing.codes import CodeList


@dataclass(frozen=True)
class ReadingReference:
    """What `interpret` is told about the world. `lists` has every code list that a contract mentions."""

    registry: Registry
    lists: Mapping[str, CodeList]
    allowed_prefixes: frozenset[str]
    years: frozenset[int]
    overlay: Path | None

    def owed_forms(self, agency_code: str, year: int) -> list[str]:
        """The form codes (without the cover) that a body owes for the year."""
        body = self.registry.bodies[agency_code]
        sender = Sender(agency_code, body["official_code"], body["name_vi"], body["kind"])
        return owed_forms(sender, year, self.overlay)

    def judged_on(self, year: int, received_on: date | None) -> date:
        """The day on which it is asked who the sender is: the arrival, but never after the last on-time day (R12)."""
        last = last_on_time_day(year, self.overlay)
        return min(received_on, last) if received_on is not None else last


def reference_of(home: Home | None) -> ReadingReference:
    """The reference of a home with its overlay; of no home at all the shipped lists."""
    overlay = home.reference if home is not None and home.reference.is_dir() else None
    stamp = tuple(sorted((p.name, p.stat().st_mtime_ns) for p in overlay.glob("*.csv"))) if overlay is not None else ()
    return _gathered(overlay, home is not None and home.is_sample(), stamp)


@cache
def _gathered(overlay: Path | None, is_sample: bool, _stamp: tuple[tuple[str, int], ...]) -> ReadingReference:
    parameters = from_reference(overlay, is_sample=is_sample)
    lists = {
        name: CodeList(name, [{"code": code, "label_vi": label} for code, label, _ in rows])
        for name, rows in parameters.code_lists.items()
    }
    rows = [read(name, overlay) for name in ("agencies", "agency_aliases", "agency_successions")]
    return ReadingReference(
        registry=Registry(*rows),
        lists=MappingProxyType(lists),
        allowed_prefixes=frozenset(parameters.allowed_prefixes),
        years=frozenset(int(row["reporting_year"]) for row in read("reporting_calendar", overlay)),
        overlay=overlay,
    )
