"""Immutable bytes by their sha256: copied once, never changed, never read from the inbox again.

Lives here: the copy (temp file, fsync, rename, 0440) and the ledger's `received` events.
Does not live here: which inbox files are whole (inbox.py), when they arrived (journal.py), what they say.
"""

from __future__ import annotations

import hashlib
import os
import stat
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from expectations import ledger
from expectations.home import Home
from ingestion.inbox import InboxFile, signature
from ingestion.journal import Arrival

_BLOCK = 1 << 20


class StillWritten(Exception):
    """The file changed, went away or became something else while it was copied; the next scan sees it again."""


@dataclass(frozen=True, kw_only=True)
class Received:
    """One landed file of one reporting year, as the ledger knows it.

    `received_at` is the arrival that counts; `landed_at` the instant of the ledger line (equal without a journal line).
    """

    sha256: str
    file_name: str
    year: int
    received_at: datetime
    landed_at: datetime
    size: int
    channel: str | None
    document_number: str | None
    recorded_by: str | None
    seq: int
    sent_by: str | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None

    @property
    def submission_id(self) -> str:
        """First 16 hex digits of the sha256."""
        return self.sha256[:16]

    @property
    def sha8(self) -> str:
        """First 8 hex digits: the number of the receipt."""
        return self.sha256[:8]

    @property
    def arrival_claimed(self) -> bool:
        """Whether the journal claims an arrival before the instant at which we landed the bytes."""
        return self.received_at < self.landed_at


def land(file: InboxFile, landing: Path) -> str:
    """Copy one inbox file to `landing/<sha256>` and return the sha256. Bytes that are there already stay untouched.

    Raises StillWritten when the file changed meanwhile, or is no regular file any more.
    """
    scratch = landing / ".tmp"
    scratch.mkdir(parents=True, exist_ok=True)
    temp = scratch / uuid.uuid4().hex
    try:
        digest = _copy(file, temp)
        target = landing / digest
        if target.exists():
            return digest
        os.chmod(temp, 0o440)
        os.rename(temp, target)
        sync_folder(landing)
        return digest
    finally:
        temp.unlink(missing_ok=True)


def clear_scratch(landing: Path) -> None:
    """Remove what a killed copy left behind. Only the one writer of a home may call this."""
    for leftover in (landing / ".tmp").glob("*"):
        leftover.unlink(missing_ok=True)


def received(home: Home, year: int) -> list[Received]:
    """The year's landed files in the order of arrival, one per sha256; a later line corrects an earlier one."""
    first: dict[str, dict[str, Any]] = {}
    last: dict[str, dict[str, Any]] = {}
    for line in ledger.read(home.ledger):
        if line["event"] == "received" and line["year"] == year:
            first.setdefault(line["sha256"], line)
            last[line["sha256"]] = line
    files = [_received(first[sha], last[sha]) for sha in first]
    return sorted(files, key=lambda f: (f.received_at, f.seq))


def record(home: Home, year: int, file: InboxFile, sha256: str, arrival: Arrival | None, now: datetime) -> None:
    """Append the `received` event of newly landed bytes; without an arrival they arrived `now`."""
    received_at = arrival.received_at if arrival else now
    ledger.append(
        home.ledger,
        "received",
        at=now,
        sha256=sha256,
        file_name=file.name,
        year=year,
        received_at=received_at.isoformat(),
        size=file.size,
        channel=arrival.channel if arrival else None,
        document_number=arrival.document_number if arrival else None,
        recorded_by=arrival.recorded_by if arrival else None,
        **_hands(arrival),
    )


def amend(home: Home, known: Received, arrival: Arrival, now: datetime) -> None:
    """Append a `received` event that corrects the arrival of bytes we hold: the journal was changed after landing."""
    ledger.append(
        home.ledger,
        "received",
        at=now,
        sha256=known.sha256,
        file_name=known.file_name,
        year=known.year,
        received_at=arrival.received_at.isoformat(),
        size=known.size,
        channel=arrival.channel,
        document_number=arrival.document_number,
        recorded_by=arrival.recorded_by,
        **_hands(arrival),
        amends=known.seq,
        previous_received_at=known.received_at.isoformat(),
    )


def is_told_anew(known: Received, arrival: Arrival) -> bool:
    """Whether the journal now says something else: when and how the file came, under which letter, by whose word."""
    told = ("received_at", "channel", "document_number", "sent_by", "approved_by", "approved_at")
    return any(getattr(arrival, name) != getattr(known, name) for name in told)


def _hands(arrival: Arrival | None) -> dict[str, str]:
    """Who sent and who approved, as far as the journal says: a ledger line has no key for what nobody said."""
    if arrival is None:
        return {}
    at = arrival.approved_at.isoformat() if arrival.approved_at else None
    said = {"sent_by": arrival.sent_by, "approved_by": arrival.approved_by, "approved_at": at}
    return {key: value for key, value in said.items() if value}


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _copy(file: InboxFile, temp: Path) -> str:
    """Stream the file into `temp`, on disk when this returns; the sha256 is of the bytes that were written."""
    digest = hashlib.sha256()
    try:
        source = os.open(file.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise StillWritten(str(error.strerror)) from error
    with os.fdopen(source, "rb") as reader, temp.open("xb") as writer:
        if not stat.S_ISREG(os.fstat(source).st_mode):
            raise StillWritten("no regular file any more")
        while block := reader.read(_BLOCK):
            digest.update(block)
            writer.write(block)
        if signature(os.fstat(source)) != file.signature:
            raise StillWritten("changed while it was copied")
        writer.flush()
        os.fsync(writer.fileno())
    return digest.hexdigest()


def _received(first: dict[str, Any], last: dict[str, Any]) -> Received:
    return Received(
        sha256=first["sha256"],
        file_name=first["file_name"],
        year=first["year"],
        received_at=datetime.fromisoformat(last["received_at"]),
        landed_at=datetime.fromisoformat(first["at"]),
        size=first["size"],
        channel=last.get("channel"),
        document_number=last.get("document_number"),
        recorded_by=last.get("recorded_by"),
        seq=first["seq"],
        sent_by=last.get("sent_by"),
        approved_by=last.get("approved_by"),
        approved_at=datetime.fromisoformat(last["approved_at"]) if last.get("approved_at") else None,
    )
