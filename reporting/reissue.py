"""The same edition again: rendered anew from its frozen build, compared file by file with what was published.

Lives here: the second rendering and the comparison. The build is the one the edition was made from
(`home/build/<id>`); building that again from landing is another step (`nhantai build --as-known`), and where the
build was deleted this says so.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from expectations.builds import find
from expectations.errors import NotFit, OperatorError
from expectations.home import Home
from reporting.publication import manifest
from reporting.publication.facts import EditionFacts
from reporting.publication.marts import export_marts
from reporting.trace import edition_folder


@dataclass(frozen=True)
class Reissued:
    """Where the edition was written again, and how many files it has."""

    path: Path
    files: int
    manifest_sha256: str


def reissue(home: Home, year: int, edition: int, out: Path) -> Reissued:
    """Write edition `edition` of `year` again into the new folder `out`; every file equal to the published one.

    Raises NotFit naming the first file that differs, OperatorError when the build is gone or `out` is not empty,
    UsageError when there is no such edition.
    """
    from reporting import signoff
    from reporting.public import write_public

    published = manifest.read(edition_folder(home, year, edition))
    build_id = published["build"]["build_id"]
    if not home.build(build_id).is_dir():
        raise OperatorError(f"the build {build_id} of this edition is gone from {home.builds}")
    if out.exists() and any(out.iterdir()):
        raise OperatorError(f"{out} is not empty: name a new folder")
    build = find(home, year, build_id)
    facts = _facts(published)
    (out / "public").mkdir(parents=True)
    write_public(build.warehouse, out / "public", facts)
    export_marts(build.warehouse, out / "internal")
    signoff.write_internal(build.warehouse, out / "internal", facts)
    _compare(published, out)
    shutil.copyfile(home.edition(year, edition) / manifest.NAME, out / manifest.NAME)
    return Reissued(out, len(published["files"]), manifest.sha256_of(out / manifest.NAME))


def _facts(published: dict[str, Any]) -> EditionFacts:
    approval = published["approvals"][0]
    return EditionFacts(
        year=published["reporting_year"],
        number=published["edition"],
        build_id=published["build"]["build_id"],
        known_at=published["build"]["known_at"],
        code_version=published["build"]["inputs"]["code"],
        rule_version=published["gate"]["rule_version"],
        approved_by=approval["by"],
        approved_at=approval["at"],
    )


def _compare(published: dict[str, Any], out: Path) -> None:
    again, said = manifest.hash_files(out), published["files"]
    for name in sorted(again.keys() | said.keys()):
        if again.get(name) != said.get(name):
            raise NotFit(f"{name} is not what was published: the code or an engine that renders it has changed since")
