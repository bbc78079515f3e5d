"""Seasons for the tests of a whole year: made, collected, built and judged by the functions that assets call.

A season is made once per (seed, faults) and session, in a folder of the session; a test that changes a home gets a
copy of its own.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from expectations.builds import BuildRecord
from expectations.home import Home
from ingestion.rehearsal.season import make_season
from orchestration import approvals, collecting, publishing, review, warehouse
from orchestration.settings import ROOT, Settings

AGENCIES = 8
SEEDS = (20240131, 7, 4711)
YEARS = (2024, 2025, 2026)
YEAR = 2025
PROJECT = ROOT / "dbt_project"


class Played:
    """A season in its home, and the acts of the road on it."""

    def __init__(self, root: Path) -> None:
        self.home = Home(root)
        self.settings = Settings(home=root)

    def collect(self, *years: int) -> None:
        for year in years or YEARS:
            collecting.collect(self.settings, self.home, year)

    def build(self, project: Path = PROJECT) -> BuildRecord:
        return warehouse.build_warehouse(self.home, YEAR, project=project)

    def review(self) -> dict[str, Any]:
        return review.review_build(self.home, YEAR)

    def headline(self, build: BuildRecord) -> dict[tuple[Any, ...], tuple[int, int]]:
        """Numerator and denominator of every headline figure of the marts, by its name."""
        import duckdb

        with duckdb.connect(str(build.warehouse), read_only=True) as connection:
            rows = connection.execute(
                "select indicator_code, reading, reporting_year, period_code, agency_code, structure_on,"
                " numerator, denominator from marts.fct_indicator_values where is_headline"
            ).fetchall()
        return {row[:6]: (row[6] or 0, row[7] or 0) for row in rows}


def played(root: Path, seed: int, faults: str) -> Played:
    make_season(root, seed, AGENCIES, YEARS, faults)
    season = Played(root)
    season.collect()
    return season


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
    """A typical season that nobody has collected yet."""
    make_season(tmp_path / "home", SEEDS[0], AGENCIES, YEARS, "typical")
    return Played(tmp_path / "home")
