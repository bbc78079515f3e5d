"""Edits of the registry of agencies by the words of a command, under the lock of the home; and its history.

Lives here: words → steps, recording with a reason that names nobody, what was recorded about one body.
Does not live here: what an edit must be (``expectations/reference/editing.py``), printing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from expectations.errors import UsageError
from expectations.home import Home
from expectations.reference import editing, load
from expectations.reference.edits import ADD, REMOVE, SET, Edit, Row, Step, in_force, known
from orchestration import lock
from orchestration.calendar import ZONE
from orchestration.reasons import require_reason

AGENCIES, SUCCESSIONS = "agencies", "agency_successions"


@dataclass(frozen=True, kw_only=True)
class Said:
    """The words of one edit: a body with values, bodies that end, successions that are added or never were."""

    agency: str | None = None
    is_new: bool = False
    values: Sequence[str] = ()  # FIELD=VALUE
    ends: Sequence[str] = ()  # CODE=DAY
    removed: Sequence[str] = ()  # CODE
    successions: Sequence[str] = ()  # OLD,NEW,DAY,KIND
    dropped: Sequence[str] = ()  # OLD,NEW,DAY,KIND


def edit(home: Home, edit_kind: str, said: Said, *, by: str, reason: str, legal_act: str = "") -> Edit:
    """Record a correction or a change; UsageError and NotFit as ``editing.record``. Collect and build again."""
    with lock.hold(home, "org edit"):
        require_reason(home, by, reason)
        return editing.record(home, edit_kind, steps_of(said), _signed(by, reason, legal_act))


def undo(home: Home, number: int, *, by: str, reason: str, lists: Sequence[str] = (AGENCIES, SUCCESSIONS)) -> Edit:
    """Take an edit of these lists back; UsageError and NotFit as ``editing.undo``."""
    with lock.hold(home, "org undo"):
        require_reason(home, by, reason)
        for each in editing.recorded(home):
            if each.number == number and not {step.list_name for step in each.steps} <= {*lists}:
                raise UsageError(f"edit {number} is no edit of {' or '.join(lists)}")
        return editing.undo(home, number, _signed(by, reason))


def history(home: Home, agency: str | None = None, at: datetime | None = None) -> dict[str, Any]:
    """What was recorded by ``at`` (of one body: about it, its row and successions as known then), oldest first.

    Keys: agency, successions, edits: [{edit, recorded_at, recorded_by, edit_kind, legal_act, reason, undoes, in_force,
    steps: [{list, action, row_key, values}]}]. UsageError for a code that neither the lists nor an edit knows.
    """
    edits = known(editing.recorded(home), at)
    holding = {each.number for each in in_force(edits)}
    about = [each for each in edits if agency is None or _is_about(each, agency, edits)]
    rows = editing.rows_as(home, AGENCIES, edits)
    body = next((row for row in rows if row["agency_code"] == agency), None)
    if agency is not None and body is None and not about:
        raise UsageError(f"no body has the agency code {agency!r}: `nhantai name propose` shows codes")
    near = [row for row in editing.rows_as(home, SUCCESSIONS, edits) if agency in _sides(row)]
    told = [{**to_json(each), "in_force": each.number in holding or each.undoes is not None} for each in about]
    return {"agency": body, "successions": near, "edits": told}


def to_json(each: Edit) -> dict[str, Any]:
    """An edit with stable keys."""
    steps = [
        {"list": step.list_name, "action": step.action, "row_key": step.row_key, "values": dict(step.values)}
        for step in each.steps
    ]
    return {
        "edit": each.number,
        "recorded_at": each.recorded_at.isoformat(),
        "recorded_by": each.recorded_by,
        "edit_kind": each.edit_kind,
        "legal_act": each.legal_act,
        "reason": each.reason,
        "undoes": each.undoes,
        "steps": steps,
    }


def steps_of(said: Said) -> list[Step]:
    """The words of an edit as steps; UsageError when one of them cannot be read or says nothing."""
    steps = [*_of_agency(said)]
    steps += [Step(AGENCIES, SET, (code,), (("valid_to", day),)) for code, day in map(_pair, said.ends)]
    dropped = [Step(SUCCESSIONS, REMOVE, _succession(text)) for text in said.dropped]
    added = [Step(SUCCESSIONS, ADD, _succession(text), (("verified", "no"),)) for text in said.successions]
    steps += [*dropped, *added, *(Step(AGENCIES, REMOVE, (code,)) for code in said.removed)]
    if not steps:
        raise UsageError("say what to edit: --agency CODE --set FIELD=VALUE, --end, --succession (see --help)")
    return steps


def _of_agency(said: Said) -> list[Step]:
    if said.agency is None:
        if said.values or said.is_new:
            raise UsageError("--set and --new need the body that they speak of: --agency CODE")
        return []
    values = dict(map(_pair, said.values))
    fields = [name for name in load.columns(AGENCIES) if name != "agency_code"]
    if unknown := [name for name in values if name not in fields]:
        raise UsageError(f"{unknown[0]!r} cannot be set; a body has {', '.join(fields)}")
    if said.is_new:
        values = {**_usual(said.agency, values), **values}
    elif not values:
        raise UsageError("say what is set: --set FIELD=VALUE")
    return [Step(AGENCIES, ADD if said.is_new else SET, (said.agency,), tuple(values.items()))]


def _usual(code: str, values: dict[str, str]) -> dict[str, str]:
    """What a new body is when nothing else is said: a department of the province that reports."""
    name = values.get("name_vi", "")
    usual = {"official_code": code, "short_name_vi": name, "kind": "department", "level": "province"}
    return usual | {
        "parent_code": "LS",
        "in_scope": "yes",
        "is_reporting": "yes",
        "verified": "no",
        "sort_order": "9000",
    }


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise UsageError(f"{text!r} is not NAME=VALUE")
    return name.strip(), value.strip()


def _succession(text: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in text.split(","))
    if len(parts) != 4 or not all(parts):
        raise UsageError(f"{text!r} is no succession: write OLD,NEW,DAY,KIND, e.g. SKHDT,STC,2025-03-01,hop_nhat")
    return parts


def _signed(by: str, reason: str, legal_act: str = "") -> editing.Signed:
    return editing.Signed(by=by, reason=reason, legal_act=legal_act, at=datetime.now(ZoneInfo(ZONE)))


def _is_about(each: Edit, agency: str, edits: Sequence[Edit]) -> bool:
    if each.undoes is not None:
        return any(other.number == each.undoes and _is_about(other, agency, edits) for other in edits)
    return any(agency in step.key[:2] for step in each.steps if step.list_name in (AGENCIES, SUCCESSIONS))


def _sides(row: Row) -> tuple[str, str]:
    return row["predecessor_code"], row["successor_code"]
