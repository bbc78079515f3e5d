"""Reading a year's files and asking gate 1: the part of a collection that depends on nothing but these files.

Lives here: ``examine``, which may therefore run ahead of the collection and in another process, ``Ahead``, what such a
process is asked, and taking in the years that may need it. Does not live here: what is concluded (collect.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from expectations.contracts.load import all_contracts
from expectations.home import Home
from ingestion import collected, vault
from ingestion import submissions as told
from ingestion.intake import Intake, take_in
from ingestion.landing import Received
from ingestion.reading import YearRead, parameters_of, read_year
from ingestion.workbook.interpreted import Interpreted

Gate = Callable[..., Any]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Examined:
    """The submissions of a year with what reading found, and what gate 1 says; the typed database lies beside.

    Rows of workbooks are their addresses only ("sheet", "row"): their values are in the database.
    """

    read: YearRead
    verdict: Any


@dataclass(frozen=True)
class Ahead:
    """Two functions that wait for what another thread and another process do: the intake and the examination of a year.

    ``intake`` raises what taking in raised. ``examined`` gives None when nothing came of it: then the collection
    examines the year itself.
    """

    intake: Callable[[], Intake]
    examined: Callable[[], Examined | None]


def working_path(home: Home, year: int) -> Path:
    """The typed database of a year while it is made."""
    final = vault.typed_path(home, year)
    return final.with_name(f"{year}.next.duckdb")


def examine(home: Home, year: int, received: Sequence[Received], gate: Gate | None, say: Say) -> Examined:
    """Type everything that was received into `working_path`, anew, and let gate 1 look at it.

    Raises OperatorError for a layout that cannot be used, and whatever the gate raises when it is void.
    """
    database = working_path(home, year)
    read = read_year(home, year, received, database, say)
    told.number(read.submissions)
    say("gate 1")
    verdict = _ask(gate, home, database, read)
    read.books = {submission_id: _addresses(book) for submission_id, book in read.books.items()}
    return Examined(read, verdict)


def take_in_each(
    home: Home, years: Iterable[int], *, now: Callable[[int], datetime], key: bytes, quiet_seconds: float = 10.0
) -> Iterator[tuple[int, Intake, bool]]:
    """Take in `years` in their order: the year, its intake, and whether a collection of it will have something to do.

    A year is looked at beside the year before, so behind a changed year none can be taken for unchanged.
    """
    changed = False
    for year in years:
        memory = collected.remembered(home, year)
        seen = memory.seen if memory else {}
        intake = take_in(home, year, now=now(year), seen=seen, quiet_seconds=quiet_seconds, progress=lambda text: None)
        changed = changed or not collected.is_same(home, year, memory, collected.inputs_of(home, year, intake, key))
        yield year, intake, changed


def _ask(gate: Gate | None, home: Home, database: Path, read: YearRead) -> Any:
    """Gate 1 over the typed relation of the year; nothing to look at when no file could be typed."""
    typed = sum(not one.is_blocked for one in read.submissions)
    if gate is None or typed == 0:
        return None
    return gate(database, all_contracts(), minimum_submissions=typed, parameters=parameters_of(home))


def _addresses(book: Interpreted) -> Interpreted:
    return replace(
        book,
        rows={name: [{"sheet": row["sheet"], "row": row["row"]} for row in rows] for name, rows in book.rows.items()},
    )
