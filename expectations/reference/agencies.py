"""Which body does a written code or name mean on a day, and what became of it later.

Lives here: resolving (written, day) to one agency_code, following successions, reporting rosters. Does not live here:
the rows themselves (agencies.csv, agency_successions.csv, agency_aliases.csv), sentences to officers (rules/messages).

A code or name without a day is never resolved: 05977 was Phường Vĩnh Trại and is Phường Đông Kinh since 01/07/2025.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from expectations.reference.load import Row, valid_on
from expectations.reference.text import code_of, name_key, plain

MAPPING_KINDS = frozenset({"hop_nhat", "sap_nhap", "chia", "tach", "nhap_mot_phan", "doi_ten"})
"""Successions that carry figures on. A transferred function moves people by list; leaving the scope ends the series."""

UNASSIGNED = "#chua_phan_bo"
"""Suffix of the row that keeps what an ended body with several successors left unassigned."""


@dataclass(frozen=True)
class AgencyMatch:
    """One body, found. `repair` says what was done to the writing ("" when nothing)."""

    agency_code: str
    name_vi: str
    found_by: str  # code, name, alias
    repair: str = ""


@dataclass(frozen=True)
class AgencyProblem:
    """No single body: kind is unknown, no_day, not_valid_on_day or ambiguous.

    `candidates` are agency codes that the writing could mean on some day; for a body that had ended,
    `ended_on` is the first day it no longer existed and `successors` the codes of those that followed.
    """

    kind: str
    written: str
    on: date | None
    candidates: tuple[str, ...] = ()
    ended_on: str = ""
    successors: tuple[str, ...] = ()


class Registry:
    """The agencies, their names and successions, indexed for many questions."""

    def __init__(self, agencies: Iterable[Row], aliases: Iterable[Row] = (), successions: Iterable[Row] = ()) -> None:
        self.bodies: dict[str, Row] = {row["agency_code"]: dict(row) for row in agencies}
        self._by_code: dict[str, list[Row]] = defaultdict(list)
        self._by_name: dict[str, list[tuple[Row, str]]] = defaultdict(list)
        self.successions: dict[str, list[Row]] = defaultdict(list)
        for body in self.bodies.values():
            for code in {body["official_code"], body["agency_code"]}:
                self._by_code[code.casefold()].append(body)
            for name in {_key(body["name_vi"]), _key(body["short_name_vi"])} - {""}:
                self._by_name[name].append((_dates(body), body["agency_code"]))
        for row in aliases:
            self._by_name[_key(row["alias"])].append((row, row["agency_code"]))
        for row in successions:
            self.successions[row["predecessor_code"]].append(row)

    def resolve(self, written: str | None, on: date | None) -> AgencyMatch | AgencyProblem:
        """Return the body that `written` (code, name or reviewed alias) means on `on`, or why it cannot be said."""
        text = plain(written or "")
        code = code_of(text)
        by_code = self._by_code.get(code.casefold(), [])
        if by_code:
            return self._decide(text, on, [(_dates(body), body["agency_code"]) for body in by_code], "code", code)
        named = self._by_name.get(_key(text), [])
        return self._decide(text, on, named, "name", text)

    def _decide(
        self, text: str, on: date | None, meanings: list[tuple[Row, str]], found_by: str, repaired: str
    ) -> AgencyMatch | AgencyProblem:
        candidates = tuple(sorted({code for _, code in meanings if code in self.bodies}))
        if not candidates:
            return AgencyProblem("unknown", text, on)
        if on is None:
            return AgencyProblem("no_day", text, on, candidates)
        valid = {code for dates, code in meanings if valid_on(dates, on) and self.is_valid(code, on)}
        if len(valid) == 1:
            body = self.bodies[valid.pop()]
            by = "alias" if found_by == "name" and _key(text) not in _own_names(body) else found_by
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
        return AgencyProblem("not_valid_on_day", text, on, candidates, last, tuple(successors))

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
    return {_key(body["name_vi"]), _key(body["short_name_vi"])}


def _key(name: str) -> str:
    folded = name_key(name)
    for prefix in ("ủy ban nhân dân ", "ubnd "):
        folded = folded.removeprefix(prefix)
    return folded
