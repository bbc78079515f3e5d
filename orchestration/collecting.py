"""Collecting under the lock of the home, with the gate and the key it needs.

Lives here: handing settings to ``ingestion.collect``. Does not live here: anything that happens to a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from expectations.home import Home
from orchestration import ahead, lock
from orchestration.calendar import ZONE, season
from orchestration.progress import Progress
from orchestration.settings import Settings

if TYPE_CHECKING:
    from expectations.findings import Finding
    from ingestion.collect import CollectReport


def collect(settings: Settings, home: Home, year: int, progress: Progress | None = None) -> CollectReport:
    """Take in what lies in the inbox of ``year``; every file gets an outcome and a receipt.

    UsageError when the calendar has no such year; OperatorError when the home is held or the key is not there.
    """
    from expectations.gates import submission
    from ingestion import collect as collection

    season(year, home.reference)
    with lock.hold(home, f"collect {year}"):
        return collection.collect(
            home,
            year,
            gate=submission.check,
            now=now(home, year),
            key=key_of(settings, home),
            progress=progress,
            ahead=ahead.begun(home, year),
        )


def notes(home: Home, year: int) -> list[Finding]:
    """What the last collection that had anything to do says to the operator, no file's own findings.

    Names in the inbox that are no files, lines of arrivals.csv and explanations.csv that could not be used.
    """
    from ingestion import collected

    memory = collected.remembered(home, year)
    return list(memory.report.notes) if memory is not None else []


@contextmanager
def begun(settings: Settings, home: Home, years: Sequence[int]) -> Iterator[None]:
    """Have ``years`` taken in, and those to be collected examined in a second process, until the block ends.

    The caller holds the home. Raises like ``collect``; without a second processor nothing is begun.
    """
    from expectations.gates import submission
    from ingestion import pseudonyms, vault
    from ingestion.taking_in import take_in_each

    if settings.processes < 2:
        yield
        return
    for year in years:
        season(year, home.reference)
    pseudonyms.require_same_key(home, key_of(settings, home))
    vault.prepare(home)
    intakes = take_in_each(home, years, now=lambda year: now(home, year))
    with ahead.examining(home, years, intakes, submission.load):
        yield


def key_of(settings: Settings, home: Home) -> bytes:
    """The key of the pseudonyms: of a sample home from its seed, else from the key file (made for a new home)."""
    from ingestion import pseudonyms

    if home.is_sample():
        return pseudonyms.sample_key(int(json.loads(home.sample_marker.read_text(encoding="utf-8"))["seed"]))
    return pseudonyms.load_key(settings.key_file.expanduser(), create=not home.ledger.exists())


def now(home: Home, year: int) -> datetime:
    """The clock; in a sample home not before the last arrival its journal tells of, wherever the season is played."""
    from ingestion import journal

    clock = datetime.now(ZoneInfo(ZONE))
    if not home.is_sample():
        return clock
    told = journal.read(home.arrivals(year), clock + timedelta(days=36500)).arrivals
    return max([clock, *(arrival.received_at for arrival in told)])
