"""From the inbox to landing: every new content landed once and told to the ledger, with the arrival of the journal.

Lives here: one round over an inbox. Does not live here: listing (inbox.py), copying (landing.py), reading (reading.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from expectations.findings import Finding
from expectations.home import Home
from expectations.rules.messages import severity_of
from ingestion import inbox, journal, landing
from ingestion.complaints import complaint
from ingestion.inbox import InboxFile, Scan
from ingestion.journal import BadLine, Journal
from ingestion.landing import Received, StillWritten

Seen = dict[str, tuple[list[int], str]]
"""Inbox name -> (stat signature, sha256): what need not be hashed again."""


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What a round found: all landed files of the year in the order of arrival, notes, names of known content."""

    received: list[Received]
    notes: list[Finding]
    same_content: dict[str, list[str]]
    seen: Seen


def take_in(
    home: Home,
    year: int,
    *,
    now: datetime,
    seen: Mapping[str, tuple[list[int], str]],
    quiet_seconds: float,
    progress: Callable[[str], None],
) -> Intake:
    """Land what is new in `inbox/<year>`. A file that changes while it is copied waits for the next round."""
    found = inbox.scan(home.inbox(year), quiet_seconds=quiet_seconds)
    book = journal.read(home.arrivals(year), now)
    notes = [_skipped(one.name, one.reason) for one in found.skipped]
    notes += [
        complaint(
            _journal_rule(bad), "note", {"dong": str(bad.line), "cot": bad.column}, file=inbox.JOURNAL, row=bad.line
        )
        for bad in book.bad_lines
    ]
    hashes = _landed(home, found, seen, notes, progress)
    _tell_ledger(home, year, [(file, hashes[file.name]) for file in found.files if file.name in hashes], book, now)
    received = landing.received(home, year)
    names = {one.sha256: one.file_name for one in received}
    same: dict[str, list[str]] = {}
    for file in found.files:
        sha256 = hashes.get(file.name)
        if sha256 is not None and names[sha256] != file.name:
            same.setdefault(sha256, []).append(file.name)
    notes += [_known(one, name) for one in received for name in same.get(one.sha256, [])]
    kept = {file.name: (list(file.signature), hashes[file.name]) for file in found.files if file.name in hashes}
    return Intake(received=received, notes=notes, same_content=same, seen=kept)


def _landed(
    home: Home,
    found: Scan,
    seen: Mapping[str, tuple[list[int], str]],
    notes: list[Finding],
    progress: Callable[[str], None],
) -> dict[str, str]:
    """Inbox name -> sha256 of its landed bytes; an unchanged file that we know is not opened."""
    hashes: dict[str, str] = {}
    landing.clear_scratch(home.landing)
    for index, file in enumerate(found.files, start=1):
        signature, sha256 = seen.get(file.name, ([], ""))
        if list(signature) == list(file.signature) and (home.landing / sha256).is_file():
            hashes[file.name] = sha256
            continue
        progress(f"landing {index} of {len(found.files)}")
        try:
            hashes[file.name] = landing.land(file, home.landing)
        except StillWritten:
            notes.append(_skipped(file.name, "TEP-DANG_GHI"))
    return hashes


def _tell_ledger(home: Home, year: int, files: list[tuple[InboxFile, str]], book: Journal, now: datetime) -> None:
    """A `received` event for each content the year does not have yet, in the order of arrival; amended arrivals too."""
    known = sorted(landing.received(home, year), key=lambda one: one.seq)
    for one, ordinal in zip(known, journal.ordinals([each.file_name for each in known]), strict=True):
        arrival = book.line_for(one.file_name, ordinal)
        if arrival is not None and landing.is_told_anew(one, arrival):
            landing.amend(home, one, arrival, now)
    taken = {one.sha256 for one in known}
    counts = {name: sum(one.file_name == name for one in known) for name in {file.name for file, _ in files}}
    new = [(file, sha256, book.line_for(file.name, counts[file.name])) for file, sha256 in files if sha256 not in taken]
    for file, sha256, arrival in sorted(new, key=lambda n: (n[2].received_at if n[2] else now, n[0].name)):
        if sha256 not in taken:  # the same bytes under two names arrived when the first of them did
            taken.add(sha256)
            landing.record(home, year, file, sha256, arrival, now)


def _journal_rule(bad: BadLine) -> str:
    return "NHAT_KY-DUYET" if bad.column.startswith("approved_") else "NHAT_KY-DONG"


def _skipped(name: str, reason: str) -> Finding:
    limit = {"so": "quá giới hạn", "han": f"{inbox.MAX_WORKBOOK_BYTES // 2**20} MB"}
    return complaint(reason, severity_of(reason), {"ten_tep": name, **limit}, file=name)


def _known(one: Received, name: str) -> Finding:
    day = one.received_at.astimezone(journal.ZONE)
    facts = {"ngay": f"{day:%d/%m/%Y}", "ma0": f"{one.year}-{one.sha8}", "ten_tep": name}
    return complaint("TEP-TRUNG", "note", facts, file=name, submission_id=one.submission_id)
