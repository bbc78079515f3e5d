"""Reading a year's files and asking gate 1: the part of a collection that depends on nothing but these files.

Lives here: ``examine``, which may therefore run ahead of the collection and in another process, ``Ahead``, what such a
process is asked. Does not live here: what is concluded (collect.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from expectations.contracts.load import all_contracts
from expectations.home import Home
from ingestion import submissions as told
from ingestion import vault
from ingestion.intake import Intake
from ingestion.landing import Received
from ingestion.read_before import ReadBefore
from ingestion.reading import YearRead, parameters_of, read_year
from ingestion.workbook.interpreted import Interpreted

Gate = Callable[..., Any]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Examined:
    """The submissions of a year with what reading found, what gate 1 says, and the typed database.

    Rows of workbooks are their addresses only ("sheet", "row"): their values are in the database.
    """

    read: YearRead
    verdict: Any
    database: Path


@dataclass(frozen=True)
class Ahead:
    """Two functions that wait for what another thread and another process do: the intake and the examination of a year.

    ``intake`` raises what taking in raised. ``examined`` gives None when nothing came of it: then the collection
    examines the year itself.
    """

    intake: Callable[[], Intake]
    examined: Callable[[], Examined | None]


def examine(
    home: Home,
    year: int,
    received: Sequence[Received],
    gate: Gate | None,
    say: Say,
    before: ReadBefore | None = None,
) -> Examined:
    """Type everything that was received into a new database beside the year's own, and let gate 1 look at it.

    Of files that are in `before` the typed rows are copied, and what gate 1 said of them stands.
    Raises OperatorError for a layout that cannot be used, and whatever the gate raises when it is void.
    """
    database = vault.typed_path(home, year).with_name(f"{year}.next.duckdb")
    read = read_year(home, year, received, database, say, before)
    told.number(read.submissions)
    say("gate 1")
    verdict = _ask(gate, home, database, read, before)
    read.books = {submission_id: _addresses(book) for submission_id, book in read.books.items()}
    return Examined(read, verdict, database)


def _ask(gate: Gate | None, home: Home, database: Path, read: YearRead, before: ReadBefore | None) -> Any:
    """Gate 1 over what of the typed relation it has not seen; nothing to look at when no file could be typed.

    Where not all that it saw is still there (a file came under another name or day), it looks at everything again.
    """
    typed = {one.id for one in read.submissions if not one.is_blocked}
    if gate is None or not typed:
        return None
    seen = before.of([one.received for one in read.submissions]) if before is not None else {}
    if before is None or before.verdict is None or len(seen) < len(before.submissions):
        return gate(database, all_contracts(), minimum_submissions=len(typed), parameters=parameters_of(home))
    new = sorted(typed - {one.id for one in seen.values()})
    if not new:
        return before.verdict
    part = vault.part_of(home, database, new)
    try:
        found = gate(part, all_contracts(), minimum_submissions=len(new), parameters=parameters_of(home))
    finally:
        part.unlink(missing_ok=True)
    return found.beside(before.verdict)


def _addresses(book: Interpreted) -> Interpreted:
    return replace(
        book,
        rows={name: [{"sheet": row["sheet"], "row": row["row"]} for row in rows] for name, rows in book.rows.items()},
    )
