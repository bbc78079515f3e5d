"""What would have been accepted with the lists as they were known at an instant: collected again, from landed bytes.

Lives here: a home apart (in the vault, thrown away) with the landed bytes, the ledger, the journals and the lists of
then, and its collections. Does not live here: the filter of late files (the models do that), applying edits.

Accepted rows rest on the registry too: who a sender is, which code was a body on a day. After an edit they are made
anew by the next collection; what was known before the edit is told by the bytes alone.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from expectations import ledger
from expectations.home import Home
from expectations.reference import aliases, editing, edits, load
from ingestion.collect import collect
from ingestion.examining import Gate

LISTS_EDITED = frozenset({editing.EVENT, aliases.CONFIRMED, aliases.WITHDRAWN})


def is_needed(home: Home, at: datetime) -> bool:
    """Whether a list was edited after `at`: accepted may hold rows that rest on what nobody knew then."""
    lines = ledger.read(home.ledger)
    return any(line["event"] in LISTS_EDITED and datetime.fromisoformat(line["at"]) > at for line in lines)


def recollect(
    home: Home, at: datetime, target: Path, *, gate: Gate | None, key: bytes, now: Callable[[int], datetime]
) -> None:
    """Write to `target` what all accepted years would hold with the lists as known at `at`. The caller holds the lock.

    Nothing of `home` is changed; no receipt is written into its feedback. Raises like `collect`.
    """
    apart = Home(home.vault / "as_known")
    shutil.rmtree(apart.root, ignore_errors=True)
    try:
        _lay_out(home, apart, at)
        for year in accepted_years(home):
            _journals(home, apart, year)
            collect(apart, year, gate=gate, now=now(year), key=key)
        shutil.rmtree(target, ignore_errors=True)
        shutil.move(apart.accepted_root, target)
    finally:
        shutil.rmtree(apart.root, ignore_errors=True)


def accepted_years(home: Home) -> list[int]:
    """The years that have been collected, in their order."""
    folders = home.accepted_root.glob("*/reporting_year=*")
    return sorted({int(folder.name.partition("=")[2]) for folder in folders})


def _lay_out(home: Home, apart: Home, at: datetime) -> None:
    apart.root.mkdir(parents=True, mode=0o700)
    apart.landing.symlink_to(home.landing.resolve(), target_is_directory=True)
    shutil.copyfile(home.ledger, apart.ledger)
    if home.is_sample():
        shutil.copyfile(home.sample_marker, apart.sample_marker)
    if home.reference.is_dir():
        shutil.copytree(home.reference, apart.reference)
    apart.reference.mkdir(exist_ok=True)
    (apart.reference / "agency_aliases.add.csv").unlink(missing_ok=True)
    load.write_rows("agency_aliases", apart.reference, aliases.known(home, at))
    _edits_of_then(apart.reference / f"{edits.LIST}.add.csv", home, at)


def _edits_of_then(path: Path, home: Home, at: datetime) -> None:
    rows = [row for each in edits.known(editing.recorded(home), at) for row in each.to_rows()]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, edits.COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _journals(home: Home, apart: Home, year: int) -> None:
    """Arrivals and answers, without the files: those are in landing, and what is not landed was not known."""
    apart.inbox(year).mkdir(parents=True)
    for path, copy in (
        (home.arrivals(year), apart.arrivals(year)),
        (home.explanations(year), apart.explanations(year)),
    ):
        if path.is_file():
            shutil.copyfile(path, copy)
