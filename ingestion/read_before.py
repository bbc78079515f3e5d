"""What the last collection of a year read, so that one new file does not make all others be read again (V4).

Lives here: which files need no second reading. Does not live here: whether the rules are still those of the last time
(examined_json.py), reading itself (reading.py), copying typed rows (vault.py).

A file is judged by itself alone while it is read, so what was read of it stands as long as bytes, name, arrival and
rules do. So does what gate 1 said of it, for none of its rules looks from one submission into another (V7). What comes
after it sees all rows of the year each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingestion.landing import Received
from ingestion.submissions import Submission
from ingestion.workbook.interpreted import Interpreted


@dataclass(frozen=True)
class ReadBefore:
    """The submissions of a year as reading left them, their workbooks by id, the database with their typed rows, and
    what gate 1 said of all of them together (None: it was not asked).
    """

    submissions: Sequence[Submission]
    books: Mapping[str, Interpreted]
    database: Path
    verdict: Any = None

    def of(self, received: Iterable[Received]) -> dict[str, Submission]:
        """sha256 -> submission of what was read before under the same name and arrival."""
        known = {one.received.sha256: one for one in self.submissions}
        found = {}
        for one in received:
            before = known.get(one.sha256)
            if before is not None and _as_read(before.received) == _as_read(one):
                found[one.sha256] = before
        return found


def _as_read(one: Received) -> tuple[object, ...]:
    return one.sha256, one.file_name, one.year, one.received_at
