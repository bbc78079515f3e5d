"""The open questions of the plan, set by who may decide them: a parameter's value from a day, recorded in the home.

Lives here: which values a parameter can have, and recording a setting with its document. Does not live here: what an
edit of a list must be (``expectations/reference/editing.py``), what a parameter does (the models, the recount).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from expectations.errors import UsageError
from expectations.home import Home
from expectations.reference import editing, load
from expectations.reference.edits import ADD, CHANGE, CORRECTION, SET, Edit, Row, Step, in_force
from expectations.reference.text import plain
from orchestration import lock
from orchestration.calendar import ZONE
from orchestration.reasons import require_reason

LIST = "parameters"
_CODED = {
    "scope_kinds": "agency_kind",
    "staff_kinds": "staff_kind",
    "recruitment_forms": "recruitment_form",
    "st_sectors": "sector",
}
"""Parameters that hold codes of a list, several joined with ``;``."""
_FREE = frozenset({"criteria_document_nd179", "plan_number", "review_dates", "h37_subcodes"})
_UNSET = {"ct02_tolerance_points": "0.5", "plan_issued_on": "2024-01-01"}
"""A value of its kind, where the list has none yet."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A value from a day, who decided it by which document; ``is_correction`` when another was written wrongly."""

    value: str
    valid_from: date
    document: str
    decided_by: str
    is_correction: bool = False


def listed(home: Home, at: datetime | None = None) -> list[dict[str, Any]]:
    """Every dated value as known at an instant, with ``edit`` (number) where this home set it.

    Keys: parameter, value, valid_from, decided_by, deciding_document, other_values, label_vi, edit.
    """
    edits = editing.recorded(home)
    by_key = {step.key: each.number for each in in_force(edits, at) for step in each.steps if step.list_name == LIST}
    names = ("parameter", "value", "valid_from", "decided_by", "deciding_document", "other_values", "label_vi")
    rows = editing.rows_as(home, LIST, edits, at)
    rows.sort(key=lambda row: (int(row["sort_order"]), row["valid_from"]))
    return [
        {**{name: row[name] for name in names}, "edit": by_key.get((row["parameter"], row["valid_from"]))}
        for row in rows
    ]


def put(home: Home, name: str, setting: Setting, *, by: str, reason: str) -> Edit:
    """Record a setting and return the edit; the next build counts by it from its day on.

    UsageError for a name, value or day that cannot be, or a value of that day that stands already (then it takes a
    correction).
    """
    with lock.hold(home, "parameters set"):
        require_reason(home, by, reason)
        rows = [row for row in load.read(LIST, home.reference) if row["parameter"] == name]
        if not rows:
            raise UsageError(f"no parameter is named {name!r}: `nhantai parameters list` shows them")
        value = plain(setting.value)
        _require_value(home, name, rows, value)
        kind, step = _step(name, rows, value, setting)
        at = datetime.now(ZoneInfo(ZONE))
        signed = editing.Signed(by=by, reason=reason, legal_act=setting.document, at=at)
        return editing.record(home, kind, [step], signed)


def _step(name: str, rows: Sequence[Row], value: str, setting: Setting) -> tuple[str, Step]:
    since = setting.valid_from.isoformat()
    if not plain(setting.document) or not plain(setting.decided_by):
        raise UsageError("a setting needs who decided it and by which document: --decided-by BODY --document TEXT")
    said = {"value": value, "deciding_document": plain(setting.document), "decided_by": plain(setting.decided_by)}
    stands = any(row["valid_from"] == since for row in rows)
    if stands and not setting.is_correction:
        raise UsageError(f"{name} has a value from {since} already: --correction says that it was written wrongly")
    if stands:
        return CORRECTION, Step(LIST, SET, (name, since), tuple(said.items()))
    like = max(rows, key=lambda row: row["valid_from"])
    kept = {field: text for field, text in like.items() if field not in ("parameter", "valid_from", *said)}
    kind = CORRECTION if setting.is_correction else CHANGE
    return kind, Step(LIST, ADD, (name, since), tuple({**kept, **said}.items()))


def _require_value(home: Home, name: str, rows: Sequence[Row], value: str) -> None:
    """The value is of the kind of those before it: codes of a list, a number, a day, or one of the choices."""
    if name in _FREE:
        return
    if name in _CODED:
        known = [row["code"] for row in load.codes(_CODED[name], home.reference)]
        wrong = [part for part in value.split(";") if part not in known]
        if wrong:
            raise UsageError(f"{name}: {wrong[0]!r} is none of {', '.join(known)} (several are joined with ;)")
        return
    like = next((row["value"] for row in rows if row["value"]), _UNSET.get(name, ""))
    for what, is_one in _KINDS:
        if is_one(like):
            if not is_one(value):
                raise UsageError(f"{name}: {value!r} is no {what}")
            return
    choices = {row["value"] for row in rows} | {
        part for row in rows for part in row["other_values"].split(";") if part and " " not in part
    }
    if value not in choices:
        raise UsageError(f"{name}: {value!r} is none of {', '.join(sorted(choices))}")


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_number(text: str) -> bool:
    return all(map(_is_count, text.split("."))) and text.count(".") < 2


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_yes_no(text: str) -> bool:
    return text in ("yes", "no")


_KINDS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("whole number, 0 or more", _is_count),
    ("number, 0 or more, with a point", _is_number),
    ("day: write 2025-11-30", _is_day),
    ("yes or no", _is_yes_no),
)
