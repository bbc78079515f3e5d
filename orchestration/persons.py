"""A human's word about who is one person, in the ledger: recorded, replaced by a later one, undone.

Lives here: what may be decided by whom about which case, and that no reason names anybody.
Does not live here: proposing (``ingestion/persons``) and counting by it (the models, the recount).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from expectations import ledger
from expectations.errors import NotFit, UsageError
from expectations.home import Home
from orchestration import lock
from orchestration.reasons import require_reason


def decide(home: Home, case: str, verdict: str, by: str, reason: str) -> dict[str, Any]:
    """Record that the persons of a case are the ``same`` or ``different``; return the line of the ledger.

    UsageError when there is no such case, nobody signs, or the reason is none or names somebody; NotFit when the case
    cannot be decided (a row without a number, two people under one number) or contradicts what stands. The same word
    twice is recorded once.
    """
    from ingestion.persons import cases, decisions

    with lock.hold(home, f"persons {case}"):
        found = {one.case: one for one in cases.all_cases(home).cases}.get(case)
        if found is None:
            raise UsageError(f"there is no case {case}: `nhantai persons list` shows them")
        _require_decidable(found, verdict)
        require_reason(home, by, reason)
        said: dict[str, Any] = {
            "identities": list(found.subject),
            "verdict": verdict,
            "variants": sorted(found.variants),
        }
        if (held := found.decision) and (held.verdict, held.variants) == (verdict, found.variants):
            return _line(home, held.number)
        known = decisions.read(home)
        number = len(ledger.read(home.ledger)) + 1
        proposed = decisions.Decision(
            number=number,
            at=datetime.now(UTC),
            identities=found.subject,
            verdict=verdict,
            by=by,
            reason=reason,
            variants=found.variants,
        )
        if other := decisions.contradicted([*known, proposed]):
            against = "the others that stand" if other.number == number else f"decision {other.number} of {other.by}"
            raise NotFit(f"that contradicts {against}: undo one of them first (`nhantai persons list --all`)")
        return ledger.append(home.ledger, decisions.EVENT, case=case, by=by.strip(), reason=_tidy(reason), **said)


def undo(home: Home, case: str, by: str, reason: str) -> dict[str, Any]:
    """Record that the standing decision about a case holds no longer; UsageError when none stands."""
    from ingestion.persons import decisions

    with lock.hold(home, f"persons {case}"):
        held = decisions.standing(decisions.read(home))
        found = next((subject for subject in held if decisions.subject_id(subject) == case), None)
        if found is None:
            raise UsageError(f"no decision stands about {case}: `nhantai persons list --all` shows those that do")
        require_reason(home, by, reason)
        said: dict[str, Any] = {"identities": list(found), "verdict": decisions.UNDONE, "variants": []}
        return ledger.append(home.ledger, decisions.EVENT, case=case, by=by.strip(), reason=_tidy(reason), **said)


def undecided(home: Home) -> int:
    """How many strong pairs nobody has decided: they may be counted twice."""
    from ingestion.persons import candidates, decisions

    held = decisions.standing(decisions.read(home))
    strong = candidates.propose(home).of_strength("strong")
    return sum(tuple(sorted((pair.one, pair.other))) not in held for pair in strong)


def _require_decidable(case: Any, verdict: str) -> None:
    from ingestion.persons import cases, decisions

    if case.kind == cases.ROW:
        raise NotFit("a row without a number is not joined: its sender writes the number and sends the file again")
    if case.kind == cases.CONFLICT and verdict == decisions.DIFFERENT:
        raise NotFit(
            "two people under one number cannot be told apart by a decision: who wrote the wrong number corrects it; "
            "until then the queries stay open and nothing is published"
        )


def _line(home: Home, number: int) -> dict[str, Any]:
    return next(line for line in ledger.read(home.ledger) if line["seq"] == number)


def _tidy(text: str) -> str:
    return " ".join(text.split())
