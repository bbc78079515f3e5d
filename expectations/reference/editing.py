"""A person's edit of a dated list of one home: a correction or a change, written down, dated, undone, never altered.

Lives here: recording and undoing in the ledger (`reference_edited`) and in `reference/reference_edits.add.csv`, what a
change needs, that the registry stays one, that file and ledger agree. Does not live here: applying edits (`edits.py`).
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from expectations import ledger
from expectations.errors import NotFit, OperatorError, UsageError
from expectations.home import Home
from expectations.reference import load
from expectations.reference.edits import (
    ADD,
    CHANGE,
    COLUMNS,
    CORRECTION,
    KEYS,
    LIST,
    SET,
    UNDO,
    Edit,
    Row,
    Step,
    UnusableEdit,
    applied,
    from_rows,
    in_force,
)
from expectations.reference.registry_faults import Fault, faults
from expectations.reference.text import plain

EVENT = "reference_edited"


@dataclass(frozen=True, kw_only=True)
class Signed:
    """Who records an edit, why, by which legal act ("" for a correction that needs none), at which instant."""

    by: str
    reason: str
    at: datetime
    legal_act: str = ""


def recorded(home: Home) -> list[Edit]:
    """All edits and undos of a home, in their order, as the ledger has them.

    OperatorError when the file beside the lists says something else: nobody may edit it.
    """
    told = [row for line in ledger.read(home.ledger) if line["event"] == EVENT for row in line["rows"]]
    if not _is_prefix(written := _rows(home), told):
        raise OperatorError(
            f"{_path(home)} is not what the ledger says (line {_first_other(written, told)}): "
            "it is never edited by hand; put it back, then use the commands"
        )
    return from_rows(told)


def record(home: Home, edit_kind: str, steps: Sequence[Step], signed: Signed) -> Edit:
    """Record an edit and return it. The caller holds the home's lock.

    UsageError without a name, a reason, or (of a change) a legal act; for a change that is a correction; for a row
    that is not there, or is there already; when nothing would differ. NotFit with findings when the registry would no
    longer be one: two bodies under one code on one day, a ring of successions, an unknown code, a successor that had
    ended, …
    """
    known = recorded(home)
    _require_signed(signed)
    if edit_kind == CHANGE:
        _require_change(home, steps, signed)
    elif edit_kind != CORRECTION:
        raise UsageError(f"an edit is a {CORRECTION} or a {CHANGE}, not {edit_kind!r}")
    edit = _next(known, edit_kind, signed, steps=tuple(_tidy(step, signed.legal_act) for step in steps))
    if not _differs(home, known, edit):
        raise UsageError("nothing would differ: the lists say so already")
    _require_registry(home, known, [*known, edit])
    return _write(home, known, edit)


def undo(home: Home, number: int, signed: Signed) -> Edit:
    """Record that an edit holds no longer; the lists are again what they would be without it.

    UsageError when no such edit is in force; NotFit when a later edit rests on it.
    """
    known = recorded(home)
    _require_signed(signed)
    if number not in {each.number for each in in_force(known)}:
        raise UsageError(f"no edit {number} is in force: `nhantai org history` shows those that are")
    edit = _next(known, UNDO, signed, undoes=number)
    try:
        _require_registry(home, known, [*known, edit])
    except UnusableEdit as error:
        raise NotFit(f"a later edit rests on edit {number}, undo that one first: {error}") from error
    return _write(home, known, edit)


def rows_as(home: Home, name: str, edits: Sequence[Edit], at: datetime | None = None) -> list[Row]:
    """The rows of a list of this home with some edits, as known at an instant."""
    raw = load.without_edits(name, _overlay(home))
    return applied(name, load.columns(name), raw, in_force(edits, at))


def settle(home: Home) -> None:
    """Write the edits file as the ledger has it, where a crash left it short; OperatorError as `recorded`."""
    known = recorded(home)
    if known and len(_rows(home)) < sum(len(each.to_rows()) for each in known):
        _write_file(home, known)


def _require_signed(signed: Signed) -> None:
    if not plain(signed.by) or not plain(signed.reason):
        raise UsageError("an edit needs the name of who records it and the reason: --by NAME --reason TEXT")
    if signed.at.tzinfo is None:
        raise ValueError("an edit is recorded at an instant with an offset")


def _require_change(home: Home, steps: Sequence[Step], signed: Signed) -> None:
    """A change is a new fact from a day: a body or succession begins, a body ends. All else says: it was never so."""
    if not plain(signed.legal_act):
        raise UsageError("a change needs its legal act: --act TEXT (a correction may go without)")
    ended = {row["agency_code"]: row["valid_to"] for row in load.read("agencies", _overlay(home))}
    for step in steps:
        ends = step.list_name == "agencies" and step.action == SET and {name for name, _ in step.values} == {"valid_to"}
        if step.action != ADD and not (ends and not ended.get(step.key[0])):
            raise UsageError(f"{step.action} {step.row_key} is no new fact from a day: record it as a --correction")


def _tidy(step: Step, legal_act: str) -> Step:
    """The step in plain text; a new row without an act of its own stands on the act of its edit."""
    values = {name: plain(value) for name, value in step.values}
    if step.action == ADD and "legal_act" in load.columns(step.list_name) and plain(legal_act):
        values.setdefault("legal_act", plain(legal_act))
    return Step(step.list_name, step.action, step.key, tuple(values.items()))


def _next(
    known: Sequence[Edit], kind: str, signed: Signed, undoes: int | None = None, steps: tuple[Step, ...] = ()
) -> Edit:
    """The next edit; its instant is after the last one's, so that every instant has one state."""
    at = max([signed.at, *(each.recorded_at + timedelta(microseconds=1) for each in known[-1:])])
    return Edit(
        number=len(known) + 1,
        recorded_at=at,
        recorded_by=plain(signed.by),
        edit_kind=kind,
        legal_act=plain(signed.legal_act),
        reason=plain(signed.reason),
        undoes=undoes,
        steps=steps,
    )


def _differs(home: Home, known: Sequence[Edit], edit: Edit) -> bool:
    names = {step.list_name for step in edit.steps}
    if unknown := names - set(KEYS):
        raise UsageError(f"no list {sorted(unknown)[0]!r} can be edited")
    try:
        differing = [rows_as(home, name, [*known, edit]) != rows_as(home, name, known) for name in sorted(names)]
        return any(differing)  # of all lists: an edit that fits one of them only is none
    except UnusableEdit as error:
        raise UsageError(str(error).removesuffix("; undo it")) from error


def _require_registry(home: Home, known: Sequence[Edit], after: Sequence[Edit]) -> None:
    new = _faults(home, after)
    try:
        new -= _faults(home, known)
    except UnusableEdit:
        if after[-1].edit_kind != UNDO:  # an undo is how an edit that fits no longer is got rid of
            raise
    if new:
        raise NotFit("the registry would no longer be one", [fault.to_finding() for fault in sorted(new)])


def _faults(home: Home, edits: Sequence[Edit]) -> set[Fault]:
    overlay = _overlay(home)
    kinds = {name: [row["code"] for row in load.codes(name, overlay)] for name in ("agency_kind", "succession_kind")}
    used = {
        row["agency_code"]
        for name in ("agency_aliases", "obligations", "task_owners")
        for row in load.read(name, overlay)
    }
    return faults(rows_as(home, "agencies", edits), rows_as(home, "agency_successions", edits), kinds, used)


def _write(home: Home, known: Sequence[Edit], edit: Edit) -> Edit:
    """The ledger first: it is what holds; the file follows, now or at the next `settle`."""
    said = {"number": edit.number, "edit_kind": edit.edit_kind, "by": edit.recorded_by, "reason": edit.reason}
    ledger.append(home.ledger, EVENT, at=edit.recorded_at, rows=edit.to_rows(), **said)
    _write_file(home, [*known, edit])
    return edit


def _write_file(home: Home, edits: Sequence[Edit]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for edit in edits for row in edit.to_rows())
    path = _path(home)
    path.parent.mkdir(parents=True, exist_ok=True)
    temp = path.with_name(f".{path.name}.next")
    temp.write_text(text.getvalue(), encoding="utf-8", newline="")
    os.replace(temp, path)


def _rows(home: Home) -> list[Row]:
    path = _path(home)
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [{name: row.get(name) or "" for name in COLUMNS} for row in csv.DictReader(stream)]


def _is_prefix(written: Sequence[Row], told: Sequence[Row]) -> bool:
    return list(written) == list(told[: len(written)])


def _first_other(written: Sequence[Row], told: Sequence[Row]) -> int:
    same = next((n for n, (one, other) in enumerate(zip(written, told, strict=False)) if one != other), len(told))
    return same + 2


def _overlay(home: Home) -> Path | None:
    return home.reference if home.reference.is_dir() else None


def _path(home: Home) -> Path:
    return home.reference / f"{LIST}.add.csv"
