"""Does everything still have the bytes it had? Landing by its names, editions by their manifests, the ledger by its
chain.

Lives here: looking, and naming the first thing that is wrong in each place. Nothing is repaired.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from expectations import ledger
from expectations.errors import OperatorError, UsageError
from expectations.home import Home
from expectations.reference import editing
from reporting.publication import manifest


@dataclass(frozen=True)
class Verification:
    """`problems` is empty when all is well; each problem is one sentence that names a file or a line."""

    problems: list[str]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def verify(home: Home, year: int | None = None, edition: int | None = None) -> Verification:
    """Check the ledger's chain, the edits of lists, every landed file and every edition (or those of `year`, or one).

    UsageError when that edition does not exist.
    """
    problems = [*ledger.verify(home.ledger)]
    if not problems:
        problems += _edits(home)
        problems += _landing(home)
        problems += _editions(home, year, edition)
    return Verification(problems)


def _edits(home: Home) -> Iterator[str]:
    try:
        editing.recorded(home)
    except OperatorError as error:
        yield f"reference: {error}"


def _landing(home: Home) -> Iterator[str]:
    files = sorted(path for path in home.landing.rglob("*") if path.is_file() and not path.name.startswith("."))
    present = set()
    for path in files:
        name = path.name.split(".")[0]
        present.add(name)
        if manifest.sha256_of(path) != name:
            yield f"landing: {path.relative_to(home.root)} no longer has the bytes its name says"
    for line in ledger.read(home.ledger):
        if line["event"] == "received" and line["sha256"] not in present:
            yield f"landing: {line['sha256']} ({line['file_name']}, ledger line {line['seq']}) is gone"


def _editions(home: Home, year: int | None, edition: int | None) -> Iterator[str]:
    lines = [line for line in ledger.read(home.ledger) if line["event"] == "published"]
    chosen = [
        line
        for line in lines
        if (year is None or line["reporting_year"] == year) and (edition is None or line["edition"] == edition)
    ]
    if edition is not None and not chosen:
        raise UsageError(f"there is no edition {edition} of {year}")
    for line in chosen:
        yield from _edition(home.edition(line["reporting_year"], line["edition"]), line["manifest_sha256"])


def _edition(folder: Path, wanted: str) -> Iterator[str]:
    name = f"publication/{folder.parent.name}/{folder.name}"
    if not (folder / manifest.NAME).is_file():
        yield f"{name}: the edition or its manifest is gone"
        return
    if manifest.sha256_of(folder / manifest.NAME) != wanted:
        yield f"{name}/{manifest.NAME}: is not the manifest that the ledger names"
        return
    yield from _differences(folder, name)


def _differences(folder: Path, name: str) -> Iterator[str]:
    said = manifest.read(folder)["files"]
    present = dict(manifest.files_of(folder))
    for file in sorted(said.keys() | present.keys()):
        if file not in present:
            yield f"{name}/{file}: is gone"
        elif file not in said:
            yield f"{name}/{file}: is not in the manifest"
        elif not _same(present[file], said[file]):
            yield f"{name}/{file}: no longer has the content the manifest names"


def _same(path: Path, said: dict[str, str]) -> bool:
    if "content_sha256" not in said:
        return manifest.sha256_of(path) == said["sha256"]
    try:
        return manifest.content_hash(path) == said["content_sha256"]
    except Exception:  # a file DuckDB cannot read any more is changed, whatever it says of it
        return False
