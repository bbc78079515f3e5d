"""Filling a home with a sample season: whole or not at all, once.

Lives here: where it is made and how it gets to its place. Does not live here: what is in it (``ingestion/rehearsal``).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from expectations.errors import OperatorError, UsageError
from expectations.home import Home
from orchestration.progress import Progress
from orchestration.settings import load


def fill(
    home: Path | None, *, seed: int, agencies: int | None, years: Iterable[int], faults: str, progress: Progress
) -> dict[str, Any]:
    """Make the season in the home and say what was made; a home that holds exactly this season is left as it is.

    UsageError for unknown faults; OperatorError when anything else lies in the home.
    """
    from ingestion.rehearsal.season import FAULTS, make_season

    if faults not in FAULTS:
        raise UsageError(f"--faults is one of {', '.join(FAULTS)}")
    place = load(home).place()
    chosen = sorted(years)
    wanted = {"seed": seed, "agencies": agencies, "years": chosen, "faults": faults}
    if place.root.exists() and any(place.root.iterdir()):
        return _kept(place, wanted)
    progress.stage(f"making the sample season {chosen[0]}-{chosen[-1]}")
    making = place.root.with_name(f".{place.root.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    make_season(making, seed, agencies, chosen, faults)
    making.rename(place.root)  # over an empty folder, or to a new name
    return _told(place, wanted, is_new=True)


def _kept(place: Home, wanted: dict[str, Any]) -> dict[str, Any]:
    found = json.loads(place.sample_marker.read_text(encoding="utf-8")) if place.is_sample() else None
    if found is None or any(found.get(key) != value for key, value in wanted.items()):
        said = "holds another sample season" if found else "is not empty"
        raise OperatorError(f"{place.root} {said}: name another home with --home, or remove it first")
    return _told(place, wanted, is_new=False)


def _told(place: Home, wanted: dict[str, Any], *, is_new: bool) -> dict[str, Any]:
    files = {year: sum(1 for path in place.inbox(year).iterdir() if path.is_file()) for year in wanted["years"]}
    expected = json.loads((place.truth / "expected.json").read_text(encoding="utf-8"))
    kinds = {finding["kind"] for finding in expected["findings"]}
    return {"home": str(place.root), **wanted, "files": files, "kinds": sorted(kinds), "is_new": is_new}
