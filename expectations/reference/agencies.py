"""Which body does a written code or name mean on a day, and what became of it later.

Lives here: resolving (written, day) to one agency_code, following successions, reporting rosters. Does not live here:
the rows themselves (agencies.csv, agency_successions.csv, agency_aliases.csv), sentences to officers (rules/messages).

A code or name without a day is never resolved: 05977 was Phường Vĩnh Trại and is Phường Đông Kinh since 01/07/2025.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from expectations.reference.load import Row, valid_on
from expectations.reference.text import agency_key, code_of, plain

MAPPING_KINDS = frozenset({"hop_nhat", "sap_nhap", "chia", "tach", "nhap_mot_phan", "doi_ten"})
"""Successions that carry figures on. A transferred function moves people by list; leaving the scope ends the series."""

UNASSIGNED = "#chua_phan_bo"
"""Suffix of the row that keeps what an ended body with several successors left unassigned."""


@dataclass(frozen=True)
class AgencyMatch:
    """One body, found. `repair` says what was done to the writing ("" when nothing)."""

    agency_code: str
    name_vi: str
    found_by: str  # code, name, alias, district (a name told from its homonyms by the district written with it)
    repair: str = ""


@dataclass(frozen=True)
class AgencyProblem:
    """No single body: kind is unknown, no_day, not_valid_on_day, ambiguous or contradicted (no such name in the
    district that is written with it).

    `candidates` are agency codes that the writing could mean on some day; for a body that had ended,
    `ended_on` is the first day it no longer existed and `successors` the codes of those that followed; for one that
    was yet to come, `begins_on` is its first day and `predecessors` the codes of those that went into it.
    """

    kind: str
    written: str
    on: date | None
    candidates: tuple[str, ...] = ()
    ended_on: str = ""
    successors: tuple[str, ...] = ()
    begins_on: str = ""
    predecessors: tuple[str, ...] = ()


Meaning = tuple[Row, str]
"""The days on which a writing means a body, and that body's code."""
_DISTRICT_FOLLOWS = re.compile(r"[,-]| (?=(?:huyện|quận|thị xã|thành phố) )")
_LEVEL_WORD = re.compile("^(?:huyện|quận|thị xã|thành phố) ")


class Registry:
    """The agencies, their names and successions, indexed for many questions."""

    def __init__(self, agencies: Iterable[Row], aliases: Iterable[Row] = (), successions: Iterable[Row] = ()) -> None:
        self.bodies: dict[str, Row] = {row["agency_code"]: dict(row) for row in agencies}
        self._by_code: dict[str, list[Row]] = defaultdict(list)
        self._by_name: dict[str, list[tuple[Row, str]]] = defaultdict(list)
        self.successions: dict[str, list[Row]] = defaultdict(list)
        self._provinces: tuple[str, ...] = ()
        self._districts: dict[str, set[str]] = defaultdict(set)
        for body in self.bodies.values():
            self._enter(body)
        for row in aliases:
            self._by_name[agency_key(row["alias"])].append((row, row["agency_code"]))
        for row in successions:
            self.successions[row["predecessor_code"]].append(row)

    def _enter(self, body: Row) -> None:
        for code in {body["official_code"], body["agency_code"]}:
            self._by_code[code.casefold()].append(body)
        for name in _own_names(body) - {""}:
            self._by_name[name].append((_dates(body), body["agency_code"]))
        if body["kind"] == "district":
            for name in _own_names(body) - {""}:
                self._districts[name].add(body["agency_code"])
                self._districts[_LEVEL_WORD.sub("", name)].add(body["agency_code"])
        elif body["kind"] == "province":
            self._provinces = (*self._provinces, *(f"tỉnh {_short(name)}" for name in _own_names(body) - {""}))

    def resolve(self, written: str | None, on: date | None) -> AgencyMatch | AgencyProblem:
        """Return the body that `written` (code, name or reviewed alias) means on `on`, or why it cannot be said.

        A commune's name may be followed by its district, as long as there was one, and by the province. Likeness
        decides nothing here: see `near_names.py`.
        """
        text = plain(written or "")
        code = code_of(text)
        by_code = self._by_code.get(code.casefold(), [])
        if by_code:
            return self._decide(text, on, [(_dates(body), body["agency_code"]) for body in by_code], "code", code)
        found_by, named = self._named(text)
        if found_by == "contradicted":
            others = {code for _, code in named if on is None or self.is_valid(code, on)}
            return AgencyProblem("contradicted", text, on, tuple(sorted(others)))
        return self._decide(text, on, named, found_by, text)

    def meanings(self, written: str) -> list[Meaning]:
        """Return what a name means on any day, [] for a code or a writing that nobody knows."""
        found_by, named = self._named(plain(written))
        return [] if found_by == "contradicted" else named

    def is_code(self, written: str) -> bool:
        """Tell whether `written` is the code of a body of any day: codes go before names."""
        return code_of(written).casefold() in self._by_code

    def codes(self) -> set[str]:
        """Return every code that is in the lists, case-folded."""
        return set(self._by_code)

    def writings(self) -> Iterator[tuple[str, str]]:
        """Yield (key of a name or alias, agency code) of every body there is."""
        for key, named in self._by_name.items():
            yield from ((key, code) for _, code in named if code in self.bodies)

    def _named(self, text: str) -> tuple[str, list[Meaning]]:
        """How a name was found (name, district; contradicted: not in that district) and what it means."""
        key = self._without_province(agency_key(text))
        if known := self._by_name.get(key):
            return "name", known
        for head, districts in self._in_districts(key):
            inside = [one for one in self._by_name[head] if self._parent(one[1]) in districts]
            return ("district", inside) if inside else ("contradicted", self._by_name[head])
        return "name", []

    def _parent(self, agency_code: str) -> str:
        return self.bodies.get(agency_code, {}).get("parent_code", "")

    def _without_province(self, key: str) -> str:
        if key in self._by_name:
            return key
        for province in self._provinces:
            if key.endswith((f",{province}", f" {province}", f"-{province}")):
                return key.removesuffix(province)[:-1]
        return key

    def _in_districts(self, key: str) -> Iterator[tuple[str, set[str]]]:
        """The ways to read a key as a name and the district it lies in."""
        for found in _DISTRICT_FOLLOWS.finditer(key):
            head, district = key[: found.start()], key[found.end() :]
            if head in self._by_name and district in self._districts:
                yield head, self._districts[district]

    def _decide(
        self, text: str, on: date | None, meanings: list[Meaning], found_by: str, repaired: str
    ) -> AgencyMatch | AgencyProblem:
        candidates = tuple(sorted({code for _, code in meanings if code in self.bodies}))
        if not candidates:
            return AgencyProblem("unknown", text, on)
        if on is None:
            return AgencyProblem("no_day", text, on, candidates)
        valid = {code for dates, code in meanings if valid_on(dates, on) and self.is_valid(code, on)}
        if len(valid) == 1:
            body = self.bodies[valid.pop()]
            own = self._without_province(agency_key(text)) in _own_names(body)
            by = "alias" if found_by == "name" and not own else found_by
            return AgencyMatch(
                body["agency_code"], body["name_vi"], by, "" if repaired == text else f"{text} → {repaired}"
            )
        if valid:
            return AgencyProblem("ambiguous", text, on, tuple(sorted(valid)))
        return self._gone(text, on, candidates)

    def _gone(self, text: str, on: date, candidates: tuple[str, ...]) -> AgencyProblem:
        ended = [self.bodies[code] for code in candidates if self.bodies[code]["valid_to"]]
        ended = [body for body in ended if body["valid_to"] <= on.isoformat()]
        last = max((body["valid_to"] for body in ended), default="")
        codes = [body["agency_code"] for body in ended if body["valid_to"] == last]
        successors = sorted({code for gone in codes for code in self.after(gone, on)})
        coming = [
            (self.bodies[c]["valid_from"], c) for c in candidates if self.bodies[c]["valid_from"] > on.isoformat()
        ]
        first = min(coming, default=("", ""))[0]
        before = {old for day, c in coming if day == first for old in self.before(c, date.fromisoformat(day))}
        return AgencyProblem(
            "not_valid_on_day", text, on, candidates, last, tuple(successors), first, tuple(sorted(before))
        )

    def is_valid(self, agency_code: str, on: date) -> bool:
        """Tell whether the body exists on `on`."""
        return agency_code in self.bodies and valid_on(self.bodies[agency_code], on)

    def after(self, agency_code: str, on: date) -> list[str]:
        """Return the bodies that took over from `agency_code` (kinds that carry figures on) by `on`, sorted."""
        rows = self.successions.get(agency_code, [])
        return sorted(
            {
                row["successor_code"]
                for row in rows
                if row["kind"] in MAPPING_KINDS and row["effective_on"] <= on.isoformat()
            }
        )

    def before(self, agency_code: str, on: date) -> list[str]:
        """Return the bodies that went into `agency_code` exactly on `on`, sorted."""
        return sorted(
            row["predecessor_code"]
            for rows in self.successions.values()
            for row in rows
            if row["successor_code"] == agency_code
            and row["effective_on"] == on.isoformat()
            and row["kind"] in MAPPING_KINDS
        )

    def carry_forward(
        self, agency_code: str, on: date, assignments: Mapping[str, tuple[str, date]] | None = None
    ) -> str:
        """Return the row in which what belonged to `agency_code` stands in the structure of `on`.

        `assignments` is one person's {from agency_code: (to agency_code, effective day)}; a decision in force by `on`
        goes before the registry. One successor: followed. Several: `<code>#chua_phan_bo`. None: the body itself.
        """
        here, seen = agency_code, set()
        while here in self.bodies and not self.is_valid(here, on) and here not in seen:
            seen.add(here)
            to, since = (assignments or {}).get(here, ("", on))
            after = [to] if to and since <= on else self.after(here, on)
            if len(after) > 1:
                return here + UNASSIGNED
            if not after:
                return here
            here = after[0]
        return here

    def reporting_ancestor(self, agency_code: str, on: date) -> str:
        """Return the nearest body at or above `agency_code` that reports on `on`; the code itself if there is none."""
        here = agency_code
        while here in self.bodies:
            if self.bodies[here]["is_reporting"] == "yes" and self.is_valid(here, on):
                return here
            here = self.bodies[here]["parent_code"]
        return agency_code

    def reporting_on(self, on: date) -> list[str]:
        """Return the agency codes of the bodies that report on `on`, in the lists' order."""
        found = [b for b in self.bodies.values() if b["is_reporting"] == "yes" and valid_on(b, on)]
        return [body["agency_code"] for body in sorted(found, key=lambda body: int(body["sort_order"]))]

    def left_scope_on(self, agency_code: str) -> str:
        """Return the ISO day on which the body itself left the scope, "" if it never did."""
        days = [
            row["effective_on"] for row in self.successions.get(agency_code, []) if row["kind"] == "ra_khoi_pham_vi"
        ]
        return min(days, default="")


def resolve(
    written: str | None, on: date | None, agencies: Iterable[Row], aliases: Iterable[Row] = ()
) -> AgencyMatch | AgencyProblem:
    """Return what `written` means on `on`. For many questions build one `Registry` and ask it."""
    return Registry(agencies, aliases).resolve(written, on)


def _dates(body: Row) -> Row:
    return {"valid_from": body["valid_from"], "valid_to": body["valid_to"]}


def _own_names(body: Row) -> set[str]:
    return {agency_key(body["name_vi"]), agency_key(body["short_name_vi"])}


def _short(province: str) -> str:
    return province.removeprefix("tỉnh").strip()
