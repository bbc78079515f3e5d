"""Answers to queries: `inbox/<year>/explanations.csv` as rows, and the ledger's `explained` events, each once.

Lives here: reading the file, which answers are new to the ledger. A bad line is a complaint, not a crash.
Does not live here: which finding an answer meets (submissions.py) and whether it is good enough (gate 2).
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from expectations import ledger
from expectations.home import Home
from ingestion.journal import BadLine, instant
from ingestion.workbook.interpreted import Interpreted

COLUMNS = ("agency_code", "rule", "sheet", "cell", "explanation", "answered_by", "answered_at")
IN_WORKBOOK = "giải trình trong tệp"
_NEEDED = ("agency_code", "rule", "explanation")


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """One answer. Without sheet and cell it answers every finding of the rule for that agency.

    `answered_at` is ISO text with offset, so that the value is the same in the ledger and in accepted.
    """

    agency_code: str
    rule: str
    sheet: str | None = None
    cell: str | None = None
    explanation: str
    answered_by: str | None = None
    answered_at: str | None = None
    submission_id: str | None = None


@dataclass(frozen=True)
class Explanations:
    """The usable lines without repetitions, in a fixed order, and the others."""

    answers: tuple[Explanation, ...] = ()
    bad_lines: tuple[BadLine, ...] = ()


def read(path: Path) -> Explanations:
    """Read the file (UTF-8, with or without BOM); an absent one is empty."""
    if not path.is_file():
        return Explanations()
    text = unicodedata.normalize("NFC", path.read_bytes().decode("utf-8-sig", "replace"))
    rows = list(csv.reader(text.splitlines(keepends=True)))
    header = [cell.strip() for cell in rows[0]] if rows else []
    if missing := [name for name in _NEEDED if name not in header]:
        return Explanations((), (BadLine(line=1, column=missing[0], value=",".join(header)[:80]),))
    answers: dict[Explanation, None] = {}
    bad: list[BadLine] = []
    for number, cells in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            _take(dict(zip(header, cells, strict=False)), number, answers, bad)
    return Explanations(tuple(sorted(answers, key=_order)), tuple(bad))


def record(home: Home, year: int, answers: Iterable[Explanation], now: datetime) -> int:
    """Append an `explained` event for each answer that the ledger does not have yet; return how many were new."""
    known = {
        _payload(line) for line in ledger.read(home.ledger) if line["event"] == "explained" and line["year"] == year
    }
    new = [answer for answer in answers if _payload(asdict(answer)) not in known]
    for answer in new:
        ledger.append(home.ledger, "explained", at=now, year=year, **asdict(answer))
    return len(new)


def from_workbook(submission_id: str, book: Interpreted | None) -> list[Explanation]:
    """What a returned workbook itself answers; it holds for that submission, whose cells it names."""
    if book is None or book.agency_code is None:
        return []
    return [
        Explanation(
            agency_code=book.agency_code,
            rule=answer.rule,
            sheet=answer.sheet,
            cell=answer.cell,
            explanation=answer.text,
            answered_by=IN_WORKBOOK,
            submission_id=submission_id,
        )
        for answer in book.answers
    ]


def rows(answers: Iterable[Explanation]) -> list[dict[str, Any]]:
    """The rows of the table `explanations`."""
    return [
        {**asdict(answer), "answered_at": datetime.fromisoformat(answer.answered_at) if answer.answered_at else None}
        for answer in answers
    ]


def _take(row: dict[str, str], number: int, answers: dict[Explanation, None], bad: list[BadLine]) -> None:
    cells = {name: " ".join(row.get(name, "").split()) or None for name in (*COLUMNS, "submission_id")}
    if blank := [name for name in _NEEDED if not cells[name]]:
        bad.append(BadLine(line=number, column=blank[0], value=""))
        return
    if cells["answered_at"]:
        moment = instant(cells["answered_at"])
        if moment is None:
            bad.append(BadLine(line=number, column="answered_at", value=cells["answered_at"][:40]))
            return
        cells["answered_at"] = moment.isoformat()
    answers[Explanation(**cells)] = None  # type: ignore[arg-type]


def _order(answer: Explanation) -> tuple[str, ...]:
    return tuple(value or "" for value in asdict(answer).values())


def _payload(record: dict[str, Any]) -> tuple[str, ...]:
    return tuple(record.get(name) or "" for name in (*COLUMNS, "submission_id"))
