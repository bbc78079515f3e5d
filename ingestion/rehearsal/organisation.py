"""The bodies of the province on a day, for the sample: who exists, who takes over from whom, who takes part.

Lives here: the reference lists seen by the sample, and the choice of N agencies for a small season.
Does not live here: resolving what officers write (``expectations/reference/agencies.py``); the sample knows its bodies.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from expectations.reference.load import Row, columns, read

UNASSIGNED = "#chua_phan_bo"
OPEN = date(9999, 12, 31)
_CARRIES_ON = frozenset({"hop_nhat", "sap_nhap", "chia", "tach", "nhap_mot_phan", "doi_ten"})
_FIRST = ("SNV", "STC", "SKHCN", "SGDDT", "SYT", "SXD", "SDTTG", "SNGV", "06613", "06616", "06625", "06637", "SNNMT",
          "SVHTTDL", "BQLKKT", "VPUBND", "TTT", "STP", "SCT")  # fmt: skip
"""The order in which a small season takes agencies in: owners of tasks first, then the communes of one district."""


@dataclass(frozen=True)
class Body:
    """A body: unique code, code and name as written, kind, parent, first day and first day no longer."""

    code: str
    official_code: str
    name: str
    short_name: str
    kind: str
    parent: str
    in_scope: bool
    is_reporting: bool
    valid_from: date
    valid_to: date

    def exists_on(self, day: date) -> bool:
        """Whether the body exists on that day."""
        return self.valid_from <= day < self.valid_to


@dataclass(frozen=True)
class Succession:
    """What became of a body on a day; ``carries_on`` is false where only a function or the scope changed."""

    old: str
    new: str
    on: date
    kind: str

    @property
    def carries_on(self) -> bool:
        """Whether people and figures of the old body stand with the new one from then on."""
        return self.kind in _CARRIES_ON


class Organisation:
    """All bodies and successions of the reference lists; ``taking_part`` are those that report in this season."""

    def __init__(self, agencies: int | None = None) -> None:
        rows = read("agencies")
        self.bodies = {row["agency_code"]: _body(row) for row in rows}
        self.successions = [_succession(row) for row in read("agency_successions")]
        self._after: dict[str, list[Succession]] = defaultdict(list)
        self._before: dict[str, list[Succession]] = defaultdict(list)
        for step in self.successions:
            self._after[step.old].append(step)
            self._before[step.new].append(step)
        self._order = {row["agency_code"]: int(row["sort_order"]) for row in rows}
        self.is_small = agencies is not None
        self.taking_part = self._choose(agencies)

    def reporting_on(self, day: date) -> list[Body]:
        """The bodies that report on a day and take part, in the order of the registry."""
        found = [body for body in self.bodies.values() if body.code in self.taking_part and body.exists_on(day)]
        return sorted(found, key=lambda body: self._order[body.code])

    def after(self, code: str, day: date) -> list[str]:
        """The bodies that carry on what this body was, by a day, sorted."""
        return sorted({step.new for step in self._after[code] if step.carries_on and step.on <= day})

    def before(self, code: str) -> list[str]:
        """The bodies that this body carries on, sorted; empty for one that was always there."""
        return sorted({step.old for step in self._before[code] if step.carries_on})

    def left_scope_on(self, code: str) -> date | None:
        """The day on which the body itself left the scope of the plan, if it did."""
        days = [step.on for step in self._after[code] if step.kind == "ra_khoi_pham_vi"]
        return min(days) if days else None

    def communes_before(self, district: str) -> list[Body]:
        """The communes and wards that lay in a district, in the order of the registry."""
        found = [b for b in self.bodies.values() if b.parent == district and b.kind == "commune" and b.valid_to != OPEN]
        return sorted(found, key=lambda body: self._order[body.code])

    def heirs(self, district: str) -> list[str]:
        """The communes taking part that a district's people may be assigned to, sorted."""
        return sorted(set(self.after(district, OPEN)) & self.taking_part)

    def overlay_rows(self) -> tuple[list[str], list[Row]]:
        """Header and rows of the ``agencies.csv`` of a small season: all bodies, but only those taking part report."""
        rows = [dict(row) for row in read("agencies")]
        for row in rows:
            if row["agency_code"] not in self.taking_part:
                row["is_reporting"] = "no"
        return columns("agencies"), rows

    def _choose(self, agencies: int | None) -> frozenset[str]:
        everybody = {body.code for body in self.bodies.values() if body.is_reporting}
        if agencies is None:
            return frozenset(everybody)
        today = sorted((c for c in everybody if self.bodies[c].valid_to == OPEN), key=self._order.__getitem__)
        wanted = [code for code in _FIRST if code in today]
        chosen = set((wanted + [code for code in today if code not in wanted])[: max(agencies, 4)])
        for code in list(chosen):
            chosen |= {old for old in self._reporting_before(code) if old in everybody}
        return frozenset(chosen)

    def _reporting_before(self, code: str) -> set[str]:
        """The reporting bodies before this one: its own predecessors, or the districts of the communes it took over."""
        found: set[str] = set()
        for old in self.before(code):
            found.add(old if self.bodies[old].is_reporting else self.bodies[old].parent)
        return found


def agencies_file(folder: Path) -> Path:
    """Where the overlay's list of agencies stands."""
    return folder / "agencies.csv"


def _body(row: Row) -> Body:
    return Body(
        code=row["agency_code"],
        official_code=row["official_code"],
        name=row["name_vi"],
        short_name=row["short_name_vi"],
        kind=row["kind"],
        parent=row["parent_code"],
        in_scope=row["in_scope"] == "yes",
        is_reporting=row["is_reporting"] == "yes",
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else OPEN,
    )


def _succession(row: Row) -> Succession:
    return Succession(
        row["predecessor_code"], row["successor_code"], date.fromisoformat(row["effective_on"]), row["kind"]
    )
