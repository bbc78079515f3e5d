"""The walk over a home: every file outside the four zones that may hold people, searched for everybody in the vault.

Lives here: which zones those are, the controls first, and what is said of a hit: the file and how many, never what.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from expectations.home import Home
from ingestion.privacy import controls
from ingestion.privacy.persons import known_persons
from ingestion.privacy.search import Search
from ingestion.privacy.texts import Unreadable, kind_of, texts_of

ZONES = ("inbox", "landing", "vault", "feedback")
"""Where people may stand: what agencies sent, its bytes, what we know of them, what goes back to its sender."""


class AuditVoid(Exception):
    """A planted control was not found: the search proves nothing. A fault of ours."""

    exit_code = 4


@dataclass(frozen=True)
class Hit:
    """A file, relative to the home, and how many ids and names stand in it."""

    file: str
    kind: str
    ids: int
    names: int


@dataclass(frozen=True)
class Audit:
    """``controls`` maps each kind of file to whether its control was found; ``unreadable`` files are named with why."""

    persons: int
    files: int
    kinds: dict[str, int]
    controls: dict[str, bool]
    hits: tuple[Hit, ...]
    unreadable: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nobody was found and every file could be opened."""
        return not self.hits and not self.unreadable


def audit(home: Home, progress: Callable[[str], None] | None = None) -> Audit:
    """Search a home. Raises AuditVoid when a planted control is not found; changes nothing."""
    found = found_controls()
    if missed := [kind for kind, is_found in found.items() if not is_found]:
        raise AuditVoid(f"the planted control was not found in: {', '.join(missed)}")
    persons = known_persons(home)
    search, hits, unreadable, kinds = Search(persons), [], [], Counter[str]()
    for path in files_of(home):
        name = path.relative_to(home.root).as_posix()
        if progress:
            progress(name)
        kind = _kind(path)
        kinds[kind] += 1
        try:
            counts = _count(search, path)
        except Unreadable as error:
            unreadable.append(f"{name} ({error})")
            continue
        if counts["id"] or counts["name"]:
            hits.append(Hit(name, kind, counts["id"], counts["name"]))
    return Audit(len(persons.ids), kinds.total(), dict(kinds), found, tuple(hits), tuple(unreadable))


def found_controls() -> dict[str, bool]:
    """Plant the controls in a folder of their own and say for each kind of file whether id and name were found."""
    search = Search(controls.PERSON)
    with tempfile.TemporaryDirectory(prefix="nhantai-controls-") as folder:
        counts = {kind: _count(search, path) for kind, path in controls.plant(Path(folder)).items()}
    return {kind: bool(count["id"] and count["name"]) for kind, count in counts.items()}


def files_of(home: Home) -> list[Path]:
    """Every regular file of a home outside the four zones, in order; links are not followed."""
    return sorted(
        path
        for path in home.root.rglob("*")
        if path.is_file() and not path.is_symlink() and path.relative_to(home.root).parts[0] not in ZONES
    )


def _count(search: Search, path: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text in texts_of(path):
        counts += search.count(text)
    return counts


def _kind(path: Path) -> str:
    with path.open("rb") as stream:
        return kind_of(stream.read(16))
