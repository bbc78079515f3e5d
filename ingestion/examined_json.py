"""An examination as a line of JSON: between the two processes of a road, and in the vault until the year changes.

Lives here: both directions, of orders and of examinations, and what the vault keeps. JSON and no pickle, as everywhere
(X02): a line that is not what it should be is refused, never run. Of an examination it holds what the submissions do
(raw texts of wrong cells), so it never leaves the vault.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from expectations.gates.submission import GateResult
from expectations.home import Home
from ingestion import vault
from ingestion.examining import Examined
from ingestion.landing import Received
from ingestion.read_before import ReadBefore
from ingestion.reading import YearRead

NOTHING = b"null\n"
UNASKED = ""
"""In place of the fingerprint of an examination without gate 1: what was read stands, no verdict does."""


@dataclass(frozen=True)
class Order:
    """What the second process is to examine: a year of a home, and what was received in it."""

    root: Path
    year: int
    received: list[Received]


def order_line(order: Order) -> bytes:
    """An order as a line."""
    return _adapter(Order).dump_json(order) + b"\n"


def read_order(line: bytes) -> Order:
    """The order of a line; ValueError when it is none."""
    order: Order = _adapter(Order).validate_json(line)
    return order


def answer_line(examined: Examined | None) -> bytes:
    """An examination as a line; ``null`` for one that failed."""
    if examined is None:
        return NOTHING
    read, verdict = _adapter(YearRead).dump_json(examined.read), _adapter(GateResult | None).dump_json(examined.verdict)
    database = json.dumps(str(examined.database)).encode()
    return b'{"read":' + read + b',"verdict":' + verdict + b',"database":' + database + b"}\n"


def read_answer(line: bytes) -> Examined | None:
    """The examination of a line, None for a failed one; ValueError when the line is cut off or none."""
    said = json.loads(line)
    return None if said is None else _examined(said)


def keep(home: Home, year: int, inputs: str, rules: str, line: bytes) -> None:
    """Keep the line of an examination with the fingerprints of what was read, and by which rules; its database is the
    year's typed one.
    """
    vault.write_bytes(_path(home, year), json.dumps([inputs, rules]).encode() + b"\n" + line, mode=0o600)


def forget(home: Home, year: int) -> None:
    """Keep nothing: the typed database is about to become another one."""
    _path(home, year).unlink(missing_ok=True)


def is_kept(home: Home, year: int, inputs: str) -> bool:
    """Whether exactly this was examined last, so that it need not be again."""
    return _fingerprints(home, year)[:1] == [inputs]


def kept(home: Home, year: int, inputs: str) -> Examined | None:
    """The last examination when it was of exactly this, as it was before anything was concluded from it."""
    return _read(home, year) if is_kept(home, year, inputs) else None


def before(home: Home, year: int, rules: str) -> ReadBefore | None:
    """What the last examination read, when it went by these rules: other files may have come or gone since."""
    last = _read(home, year) if _fingerprints(home, year)[1:] == [rules] else None
    if last is None:
        return None
    return ReadBefore(last.read.submissions, last.read.books, last.database, last.verdict)


def _fingerprints(home: Home, year: int) -> list[str]:
    """Of what was read last and of the rules; nothing when that cannot be said or its database is gone."""
    try:
        with _path(home, year).open("rb") as stream:
            found = json.loads(stream.readline())
    except (OSError, ValueError):
        return []
    return found if isinstance(found, list) and vault.typed_path(home, year).is_file() else []


def _read(home: Home, year: int) -> Examined | None:
    try:
        said = json.loads(_path(home, year).read_bytes().split(b"\n", 1)[1])
        return _examined({**said, "database": str(vault.typed_path(home, year))})
    except (ValueError, KeyError, IndexError):
        return None


def _examined(said: dict[str, Any]) -> Examined:
    read = _adapter(YearRead).validate_python(said["read"])
    return Examined(read, _adapter(GateResult | None).validate_python(said["verdict"]), Path(said["database"]))


def _path(home: Home, year: int) -> Path:
    return home.vault / "typed" / f"{year}.examined.json"


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
