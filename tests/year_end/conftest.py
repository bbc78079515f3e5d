"""Seasons for the tests of a whole year.

A season is made once per (seed, faults) and session, in a folder of the session; a test that changes a home gets a
copy of its own.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from expectations.home import Home
from ingestion.rehearsal.season import make_season
from orchestration import approvals, publishing
from tests.year_end.played import AGENCIES, SEEDS, YEAR, YEARS, Played, played


@pytest.fixture(scope="session")
def season(tmp_path_factory) -> Callable[[int, str], Played]:
    """``season(seed, faults)``: collected, not built. Shared: do not change it."""
    made: dict[tuple[int, str], Played] = {}

    def get(seed: int, faults: str) -> Played:
        if (seed, faults) not in made:
            made[seed, faults] = played(tmp_path_factory.mktemp(f"season-{faults}-{seed}") / "home", seed, faults)
        return made[seed, faults]

    return get


@pytest.fixture
def own_season(season, tmp_path: Path) -> Played:
    """A copy of the typical season of the first seed that a test may change."""
    shutil.copytree(season(SEEDS[0], "typical").home.root, tmp_path / "home", symlinks=True)
    return Played(tmp_path / "home")


@pytest.fixture(scope="session")
def first_edition(season, tmp_path_factory) -> Home:
    """The typical season of the first seed with its edition 1. Shared: do not change it."""
    root = tmp_path_factory.mktemp("published") / "home"
    shutil.copytree(season(SEEDS[0], "typical").home.root, root, symlinks=True)
    out = Played(root)
    out.build()
    assert out.review()["open"]
    approvals.approve(out.home, YEAR, "Người ký mẫu")
    publishing.publish(out.home, YEAR)
    return out.home


@pytest.fixture
def published_season(first_edition: Home, tmp_path: Path) -> Played:
    """A copy of the published season that a test may change."""
    shutil.copytree(first_edition.root, tmp_path / "home", symlinks=True)
    return Played(tmp_path / "home")


@pytest.fixture
def season_in_the_making(tmp_path: Path) -> Played:
    """A season without faults that nobody has collected yet."""
    make_season(tmp_path / "home", SEEDS[0], AGENCIES, YEARS, "none")
    return Played(tmp_path / "home")
