"""The intake journal: `inbox/<year>/arrivals.csv`, when and by which channel a file came in.

Lives here: reading the journal, choosing the line that speaks of a landed file. A bad line is a complaint, no crash.
Does not live here: the ledger (landing.py) and whether an arrival was on time (the warehouse).
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
COLUMNS = (
    "file_name", "received_at", "channel", "document_number", "recorded_by", "sent_by", "approved_by", "approved_at",
)  # fmt: skip
"""The first two are needed. The last three may be absent: who sent (person or mailbox), who approved this, and when."""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """One line of the journal; its instants carry an offset (a naive one is read as Viet Nam time).

    An approval is a name and an instant, or none.
    """

    file_name: str
    received_at: datetime
    channel: str | None = None
    document_number: str | None = None
    recorded_by: str | None = None
    sent_by: str | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class BadLine:
    """A line that cannot be used: its number in the file (the header is 1), the column and what stands there."""

    line: int
    column: str
    value: str


@dataclass(frozen=True)
class Journal:
    """All usable lines in their order, and the others."""

    arrivals: tuple[Arrival, ...] = ()
    bad_lines: tuple[BadLine, ...] = ()

    def line_for(self, file_name: str, ordinal: int) -> Arrival | None:
        """The line of the `ordinal`-th (0, 1, …) content that landed under this name; the last line serves the rest."""
        lines = [a for a in self.arrivals if a.file_name == file_name]
        return lines[min(ordinal, len(lines) - 1)] if lines else None


def read(path: Path, now: datetime) -> Journal:
    """Read the journal (UTF-8, with or without BOM); an absent one is empty. An arrival after `now` is a bad line."""
    if not path.is_file():
        return Journal()
    text = path.read_bytes().decode("utf-8-sig", "replace")
    rows = list(csv.reader(text.splitlines()))
    if not rows:
        return Journal()
    header = [cell.strip() for cell in rows[0]]
    missing = [name for name in COLUMNS[:2] if name not in header]
    if missing:
        return Journal((), (BadLine(line=1, column=missing[0], value=",".join(header)[:80]),))
    good: list[Arrival] = []
    bad: list[BadLine] = []
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            _take(dict(zip(header, row, strict=False)), number, now, good, bad)
    return Journal(tuple(good), tuple(bad))


def _take(row: dict[str, str], number: int, now: datetime, good: list[Arrival], bad: list[BadLine]) -> None:
    name = unicodedata.normalize("NFC", row.get("file_name", "").strip())
    written = row.get("received_at", "").strip()
    moment = instant(written)
    if not name:
        bad.append(BadLine(line=number, column="file_name", value=""))
    elif moment is None or moment > now:
        bad.append(BadLine(line=number, column="received_at", value=written[:40]))
    else:
        rest: dict[str, Any] = {key: row.get(key, "").strip() or None for key in COLUMNS[2:6]}
        approval, wrong = _approval(row, now)
        if wrong:
            bad.append(BadLine(line=number, column=wrong, value=row.get(wrong, "").strip()[:40]))
        good.append(Arrival(file_name=name, received_at=moment, line=number, **rest, **approval))


def _approval(row: dict[str, str], now: datetime) -> tuple[dict[str, Any], str]:
    """Who approved and when; or the column that keeps the approval (not the arrival) from being used."""
    by, written = (row.get(key, "").strip() for key in COLUMNS[6:])
    at = instant(written) if written else None
    if not by and not written:
        return {}, ""
    if not by:
        return {}, "approved_by"
    if at is None or at > now:
        return {}, "approved_at"
    return {"approved_by": by, "approved_at": at}, ""


def instant(text: str) -> datetime | None:
    """An ISO instant; without an offset it is Viet Nam time; None when it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


def ordinals(names: Sequence[str]) -> list[int]:
    """For each name in order: how many equal names stood before it."""
    seen: dict[str, int] = {}
    places = []
    for name in names:
        places.append(seen.get(name, 0))
        seen[name] = places[-1] + 1
    return places
