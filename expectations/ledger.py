"""The one ledger: append under a lock, each line chained to the one before, verified line by line.

Lives here: writing, reading and verifying ``ledger.jsonl`` with the standard library alone.
Does not live here: which events exist and who may write them (orchestration, ingestion, reporting decide that).

A line is one JSON object with ``seq`` (1, 2, …), ``at`` (ISO instant with offset), ``event``, the payload, ``prev``
(the hash of the line before; 64 zeros for the first) and ``hash`` (sha256 over the canonical JSON of all the rest).
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

GENESIS = "0" * 64
_RESERVED = frozenset({"seq", "at", "event", "prev", "hash"})
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class BrokenLedger(ValueError):
    """The ledger cannot be appended to or read, because its end is not a whole, valid line."""


def append(path: Path, event: str, at: datetime | str | None = None, **payload: Any) -> dict[str, Any]:
    """Append one event and return the line as written. Waits for the lock; the line is on disk when this returns.

    ``at`` defaults to now in Asia/Ho_Chi_Minh; an instant without offset is refused (ValueError), as is a payload
    that uses a reserved key. Raises BrokenLedger when the last line is not valid: a broken chain is not continued.
    """
    if taken := _RESERVED & payload.keys():
        raise ValueError(f"reserved ledger keys in payload: {sorted(taken)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        last = _last_line(stream)
        seq, prev = (last["seq"] + 1, last["hash"]) if last else (1, GENESIS)
        line = {"seq": seq, "at": _instant(at), "event": event, **payload, "prev": prev}
        line = json.loads(_canonical(line))
        line["hash"] = _hash(line)
        stream.seek(0, os.SEEK_END)
        stream.write((_canonical(line) + "\n").encode())
        stream.flush()
        os.fsync(stream.fileno())
    return line


def read(path: Path) -> list[dict[str, Any]]:
    """All lines in order; an absent ledger is an empty one. Raises BrokenLedger, naming the first unreadable line."""
    if not path.exists():
        return []
    with path.open("rb") as stream:
        fcntl.flock(stream, fcntl.LOCK_SH)
        raw = stream.read()
    records = _records(raw)
    if records[-1:] == [None]:
        raise BrokenLedger(f"{path.name}: line {len(records)} is not a whole JSON object")
    return [record for record in records if record is not None]


@lru_cache(maxsize=1)
def _records(raw: bytes) -> list[dict[str, Any] | None]:
    """The lines up to the first that cannot be read, which is None. Remembered: a collection asks for the same bytes
    some twenty times, and its lines are never changed by who reads them.
    """
    records: list[dict[str, Any] | None] = []
    for _, text in _split(raw):
        records.append(_parse(text))
        if records[-1] is None:
            break
    return records


def verify(path: Path) -> list[str]:
    """Walk the chain. An empty list when all is well, else one sentence that names the first wrong line and why.

    Catches a changed, dropped, repeated or moved line. Lines cut off at the very end leave a valid shorter chain:
    compare ``read(path)[-1]["hash"]`` with the head that a manifest or an approval recorded.
    """
    if not path.exists():
        return []
    prev, before = GENESIS, ""
    for number, text in _split(path.read_bytes()):
        record = _parse(text)
        if record is None:
            return [f"{path.name}: line {number} is not a whole JSON object"]
        reason = _wrong(record, text, number, prev, before)
        if reason:
            return [f"{path.name}: line {number} (seq {record.get('seq')}): {reason}"]
        prev, before = record["hash"], record["event"]
    return []


def _wrong(record: dict[str, Any], text: bytes, seq: int, prev: str, before: str) -> str | None:
    if record.get("seq") != seq:
        return f"expected seq {seq}: a line is missing, repeated or moved"
    if record.get("prev") != prev:
        return f"does not follow the line before it ({before or 'start'})"
    if record.get("hash") != _hash(record):
        return "its content does not match its hash"
    if text != _canonical(record).encode():
        return "it is not written as it was hashed"
    return None


def _instant(at: datetime | str | None) -> str:
    moment = datetime.now(_ZONE) if at is None else at
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if moment.tzinfo is None:
        raise ValueError("a ledger instant needs an offset")
    return moment.isoformat(timespec="seconds" if moment.microsecond == 0 else "microseconds")


def _canonical(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def _hash(record: dict[str, Any]) -> str:
    body = {key: value for key, value in record.items() if key != "hash"}
    return hashlib.sha256(_canonical(body).encode()).hexdigest()


def _split(raw: bytes) -> list[tuple[int, bytes]]:
    if not raw:
        return []
    if not raw.endswith(b"\n"):
        raw += b"\x00"  # a line without its newline was never whole
    else:
        raw = raw[:-1]
    return list(enumerate(raw.split(b"\n"), start=1))


def _parse(text: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(text)
    except ValueError:
        return None
    return record if isinstance(record, dict) and isinstance(record.get("event"), str) else None


def _last_line(stream: BinaryIO) -> dict[str, Any] | None:
    stream.seek(0, os.SEEK_END)
    position = stream.tell()
    tail = b""
    while position and b"\n" not in tail[:-1]:
        step = min(position, 65536)
        position -= step
        stream.seek(position)
        tail = stream.read(step) + tail
    if not tail:
        return None
    record = _parse(tail[:-1].rsplit(b"\n", 1)[-1]) if tail.endswith(b"\n") else None
    if record is None or record.get("hash") != _hash(record):
        raise BrokenLedger("the last line of the ledger is not whole: `nhantai verify` names it")
    return record
