"""Edits of dated lists: a list as it was known at an instant is its rows with the edits recorded by then.

Lives here: the value `Edit`, its rows in `reference_edits.csv`, which edits are in force at an instant, applying them.
Does not live here: who may record what (`editing.py`), what a sound registry is (`registry_faults.py`).

Two times: the days in a row say when something held (valid time); `recorded_at` says since when we know (record time).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from expectations.errors import OperatorError

Row = dict[str, str]
CORRECTION, CHANGE, UNDO = "correction", "change", "undo"
ADD, SET, REMOVE = "add", "set", "remove"
LIST = "reference_edits"
KEYS: Mapping[str, tuple[str, ...]] = {
    "agencies": ("agency_code",),
    "agency_successions": ("predecessor_code", "successor_code", "effective_on", "kind"),
    "parameters": ("parameter", "valid_from"),
}
"""The lists that can be edited, and what names a row of each."""
COLUMNS = (
    "edit", "recorded_at", "recorded_by", "edit_kind", "legal_act", "reason", "undoes",
    "list", "action", "row_key", "field", "value",
)  # fmt: skip
_JOIN = "|"


class UnusableEdit(OperatorError):
    """An edit does not fit the list any more, because the list itself was replaced or edited by hand."""


@dataclass(frozen=True)
class Step:
    """One row added, some of its fields set (`values`: field → text), or the row removed."""

    list_name: str
    action: str
    key: tuple[str, ...]
    values: tuple[tuple[str, str], ...] = ()

    @property
    def row_key(self) -> str:
        """The key as one text."""
        return _JOIN.join(self.key)


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What one person recorded at one instant, whole or not at all; an undo names the edit that it takes back."""

    number: int
    recorded_at: datetime
    recorded_by: str
    edit_kind: str
    reason: str
    legal_act: str = ""
    undoes: int | None = None
    steps: tuple[Step, ...] = ()

    def to_rows(self) -> list[Row]:
        """The lines of `reference_edits.csv`: one for each field that is given a value, one for a removal or undo."""
        head = {
            "edit": str(self.number),
            "recorded_at": self.recorded_at.isoformat(),
            "recorded_by": self.recorded_by,
            "edit_kind": self.edit_kind,
            "legal_act": self.legal_act,
            "reason": self.reason,
            "undoes": "" if self.undoes is None else str(self.undoes),
        }
        found = [
            {"list": step.list_name, "action": step.action, "row_key": step.row_key, "field": field, "value": value}
            for step in self.steps
            for field, value in (step.values or (("", ""),))
        ]
        return [{**head, **said} for said in found or [dict.fromkeys(COLUMNS[7:], "")]]


def from_rows(rows: Iterable[Row]) -> list[Edit]:
    """The edits in the order of the file; UnusableEdit when a line cannot be read."""
    try:
        return [_edit(list(lines)) for _, lines in groupby(rows, key=lambda row: row["edit"])]
    except (ValueError, KeyError) as error:
        raise UnusableEdit(f"{LIST}.add.csv cannot be read ({error}): nobody edits it; `nhantai verify`") from error


def _edit(lines: Sequence[Row]) -> Edit:
    head, steps = lines[0], []
    told = groupby(lines, key=lambda row: (row["list"], row["action"], row["row_key"]))
    for (list_name, action, key), some in told:
        if list_name:
            values = tuple((row["field"], row["value"]) for row in some if row["field"])
            steps.append(Step(list_name, action, tuple(key.split(_JOIN)), values))
    return Edit(
        number=int(head["edit"]),
        recorded_at=datetime.fromisoformat(head["recorded_at"]),
        recorded_by=head["recorded_by"],
        edit_kind=head["edit_kind"],
        legal_act=head["legal_act"],
        reason=head["reason"],
        undoes=int(head["undoes"]) if head["undoes"] else None,
        steps=tuple(steps),
    )


def known(edits: Iterable[Edit], at: datetime | None) -> list[Edit]:
    """The edits and undos recorded by `at` (None: all), in their order."""
    return [each for each in edits if at is None or each.recorded_at <= at]


def in_force(edits: Iterable[Edit], at: datetime | None = None) -> list[Edit]:
    """What had been recorded by `at` and not taken back by then."""
    recorded = known(edits, at)
    undone = {each.undoes for each in recorded}
    return [each for each in recorded if each.edit_kind != UNDO and each.number not in undone]


def applied(list_name: str, columns: Sequence[str], rows: Iterable[Row], edits: Iterable[Edit]) -> list[Row]:
    """The rows of a list with these edits, in the list's order; new rows stand at the end.

    UnusableEdit, naming the edit, when a row to be set or removed is not there, or one to be added is.
    """
    key_of = KEYS[list_name]
    found = {tuple(row[name] for name in key_of): dict(row) for row in rows}
    for edit in edits:
        for step in edit.steps:
            if step.list_name == list_name:
                _apply(found, step, edit, columns)
    return list(found.values())


def _apply(found: dict[tuple[str, ...], Row], step: Step, edit: Edit, columns: Sequence[str]) -> None:
    is_there = step.key in found
    if is_there is (step.action == ADD) or {name for name, _ in step.values} - set(columns):
        was = "is in" if is_there else "is not in"
        raise UnusableEdit(
            f"edit {edit.number} ({step.action} {step.row_key}) does not fit: the row {was} {step.list_name}; undo it"
        )
    if step.action == REMOVE:
        del found[step.key]
    elif step.action == SET:
        found[step.key] |= dict(step.values)
    else:
        keyed = dict(zip(KEYS[step.list_name], step.key, strict=True))
        found[step.key] = {**dict.fromkeys(columns, ""), **dict(step.values), **keyed}
