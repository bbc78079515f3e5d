"""What a human decided about identities, as lines of the ledger, and which identities are one person by them.

Lives here: reading the decisions, which of them stands, identity → person as known at an instant, its history as rows
of ``person_links``. Does not live here: proposing (``candidates.py``) and recording (``orchestration/persons.py``).

A decision speaks of two identities (are they one person?) or of one (do its names and birth dates belong to one
person?). The later decision about the same identities replaces the earlier one; ``undone`` leaves none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from expectations import ledger
from expectations.home import Home

EVENT = "person_decided"
SAME, DIFFERENT, UNDONE = "same", "different", "undone"

Subject = tuple[str, ...]
"""The identity keys a decision speaks of, in order: one or two."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One line: ``number`` is its seq in the ledger; ``variants``: keyed hashes of what was seen of one identity."""

    number: int
    at: datetime
    identities: Subject
    verdict: str
    by: str
    reason: str
    variants: frozenset[str] = frozenset()


def read(home: Home) -> list[Decision]:
    """All decisions of a home in the order of the ledger."""
    return [_decision(line) for line in ledger.read(home.ledger) if line["event"] == EVENT]


def subject_id(identities: Iterable[str]) -> str:
    """The short name, 12 hex digits, under which a human speaks of these identities, in any order."""
    return hashlib.sha256("|".join(sorted(identities)).encode()).hexdigest()[:12]


def standing(decisions: Iterable[Decision], at: datetime | None = None) -> dict[Subject, Decision]:
    """The decision that holds for each subject, as known at ``at`` (default: all of them)."""
    held: dict[Subject, Decision] = {}
    for one in sorted(decisions, key=lambda one: one.number):
        if at is not None and one.at > at:
            continue
        held.pop(one.identities, None)
        if one.verdict != UNDONE:
            held[one.identities] = one
    return held


def persons(decisions: Iterable[Decision], at: datetime | None = None) -> dict[str, str]:
    """identity_key → person_key of every identity that is joined to another: the smallest key of those joined."""
    root: dict[str, str] = {}

    def top(key: str) -> str:
        while root.setdefault(key, key) != key:
            key = root[key]
        return key

    for subject, decision in standing(decisions, at).items():
        if decision.verdict == SAME and len(subject) == 2:
            first, second = sorted(top(key) for key in subject)
            root[second] = first
    return {key: top(key) for key in sorted(root) if top(key) != key}


def contradicted(decisions: Iterable[Decision]) -> Decision | None:
    """The first standing decision that two identities are different although others join them; None is well."""
    known = list(decisions)
    person = persons(known)
    for subject, decision in standing(known).items():
        if decision.verdict == DIFFERENT and len({person.get(key, key) for key in subject}) == 1:
            return decision
    return None


def links(decisions: Sequence[Decision], known_at: datetime) -> list[dict[str, Any]]:
    """The rows of ``person_links`` as known at ``known_at``: who belonged to whom from when, and until when.

    For each instant T up to ``known_at`` the rows with valid_from_record ≤ T < undone_at are ``persons(…, T)``.
    """
    known = [one for one in decisions if one.at <= known_at]
    rows: list[dict[str, Any]] = []
    open_rows: dict[str, dict[str, Any]] = {}
    for instant in sorted({one.at for one in known}):
        now = persons(known, instant)
        for key in [key for key, row in open_rows.items() if now.get(key) != row["person_key"]]:
            open_rows.pop(key)["undone_at"] = instant
        for key in sorted(now.keys() - open_rows.keys()):
            row = {"identity_key": key, "person_key": now[key], "valid_from_record": instant, "undone_at": None}
            rows.append(row)
            open_rows[key] = row
    return rows


def _decision(line: Mapping[str, Any]) -> Decision:
    return Decision(
        number=int(line["seq"]),
        at=datetime.fromisoformat(line["at"]),
        identities=tuple(sorted(line["identities"])),
        verdict=line["verdict"],
        by=line["by"],
        reason=line["reason"],
        variants=frozenset(line.get("variants", ())),
    )
