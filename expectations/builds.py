"""The builds of a home: their names, manifests and verdicts, as they lie on the disk.

Lives here: finding builds, reading ``manifest.json`` and ``gate.json``, writing JSON files whole.
Does not live here: making a build (``orchestration/warehouse.py``) or judging one (``orchestration/review.py``).
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from expectations.errors import NotFit, UsageError
from expectations.home import Home

_NAME = re.compile(r"^(\d{4})-(\d{4,})-([0-9a-f]{8})$")


@dataclass(frozen=True)
class BuildRecord:
    """A closed build: ``<year>-<number>-<first 8 digits of its fingerprint>``, its folder, and its manifest."""

    build_id: str
    path: Path
    manifest: dict[str, Any]

    @property
    def year(self) -> int:
        """The reporting year."""
        return int(self.build_id[:4])

    @property
    def warehouse(self) -> Path:
        """The frozen DuckDB file."""
        return self.path / "warehouse.duckdb"

    @property
    def gate(self) -> dict[str, Any] | None:
        """The verdict of gate 2, or None when this build was never reviewed."""
        file = self.path / "gate.json"
        return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None


def all_builds(home: Home, year: int) -> list[BuildRecord]:
    """All closed builds of a reporting year, oldest first."""
    folders = home.builds.iterdir() if home.builds.is_dir() else ()
    found = [(match, folder) for folder in folders if (match := _NAME.match(folder.name)) and match[1] == str(year)]
    return [_read(folder) for _, folder in sorted(found, key=lambda pair: int(pair[0][2]))]


def newest(home: Home, year: int) -> BuildRecord:
    """The newest build of a year; UsageError when there is none."""
    if builds := all_builds(home, year):
        return builds[-1]
    raise UsageError(f"there is no build of {year} yet: run `nhantai build --year {year}` first")


def newest_gated(home: Home, year: int) -> BuildRecord | None:
    """The newest build that gate 2 has judged, open or closed."""
    return next((build for build in reversed(all_builds(home, year)) if build.gate is not None), None)


def find(home: Home, year: int, build_id: str | None) -> BuildRecord:
    """The build of that id, else the newest; UsageError when there is no such build of that year."""
    if build_id is None:
        return newest(home, year)
    for build in all_builds(home, year):
        if build.build_id == build_id:
            return build
    raise UsageError(f"there is no build {build_id} of {year}")


def open_gate(build: BuildRecord) -> dict[str, Any]:
    """The verdict of a build that may be published; NotFit when it was not reviewed or gate 2 is closed."""
    if build.gate is None:
        raise NotFit(f"the build {build.build_id} was not reviewed: run `nhantai review --year {build.year}` first")
    if not build.gate["open"]:
        raise NotFit(f"gate 2 is closed for the build {build.build_id}: see `nhantai review --year {build.year}`")
    return build.gate


def next_id(home: Home, year: int, fingerprint: str) -> str:
    """The id of the build that comes next."""
    numbers = [int(build.build_id.split("-")[1]) for build in all_builds(home, year)]
    return f"{year}-{max(numbers, default=0) + 1:04d}-{fingerprint[:8]}"


def write_json(path: Path, value: Any) -> None:
    """Write JSON so that a reader finds either the old file or the whole new one."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("w", encoding="utf-8") as stream:
        json.dump(value, stream, ensure_ascii=False, indent=1, sort_keys=True)
        stream.write("\n")
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)


def _read(folder: Path) -> BuildRecord:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return BuildRecord(build_id=folder.name, path=folder, manifest=manifest)
