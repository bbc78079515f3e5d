"""Taking in one year, or several ahead of their collections, with what the last collection remembers of their files.

Lives here: handing that memory to ``intake``. Does not live here: the intake itself, and what is done with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from expectations.home import Home
from ingestion import collected, examined_json
from ingestion.collected import Memory
from ingestion.intake import Intake, take_in


def taken_in(
    home: Home, year: int, now: datetime, memory: Memory | None, quiet_seconds: float, say: Callable[[str], None]
) -> Intake:
    """The intake of a year; an unchanged file that the last collection knew is not opened."""
    seen = memory.seen if memory else {}
    return take_in(home, year, now=now, seen=seen, quiet_seconds=quiet_seconds, progress=say)


def take_in_each(
    home: Home, years: Iterable[int], *, now: Callable[[int], datetime], quiet_seconds: float = 10.0
) -> Iterator[tuple[int, Intake, bool]]:
    """Take in `years` in their order: the year, its intake, and whether it has to be examined."""
    for year in years:
        intake = taken_in(home, year, now(year), collected.remembered(home, year), quiet_seconds, lambda text: None)
        yield year, intake, not examined_json.is_kept(home, year, collected.read_inputs_of(home, intake.received))
