"""The dbt manifest that Dagster's assets are made from: made when the project changes, read otherwise.

Lives here: the cache ``home/dagster/transform/manifests/<hash>/``. Nothing is parsed when a module is imported; only
``build_definitions`` asks.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from expectations.errors import OperatorError
from expectations.home import Home
from expectations.reference import load as reference
from orchestration import lock, transform
from orchestration.fingerprints import digest, of_folder


def current(home: Home, project: Path) -> Path:
    """The path of the manifest of this project with this home's reference lists, parsed if it is not there yet."""
    lists = sorted({*reference.names(), *(path.stem for path in home.reference.glob("*.csv"))})
    kept = home.dagster / "transform" / "manifests" / digest([of_folder(project), lists])[:12] / "manifest.json"
    if not kept.is_file():
        home.root.mkdir(parents=True, exist_ok=True)
        kept.parent.mkdir(parents=True, exist_ok=True)
        made = _parse(home, project)
        shutil.copyfile(made, kept.with_suffix(".new"))
        kept.with_suffix(".new").replace(kept)
    return kept


def _parse(home: Home, project: Path) -> Path:
    """Parse where a build will build, so that its partial parse is warm; apart from it while a build runs."""
    try:
        with lock.hold(home, "reading the dbt project"):
            return _parse_in(home, home, project)
    except OperatorError:
        return _parse_in(home, Home(home.dagster / "transform" / "apart"), project)


def _parse_in(home: Home, place: Home, project: Path) -> Path:
    seeds = place.next_build / "reference"
    if not seeds.is_dir():
        reference.materialise(seeds, home.reference)
    return transform.parse(place, project)
