"""Small seasons, made once a session, without faults and with the typical ones, collected without GX."""

from collections.abc import Callable

import pytest

from expectations.home import Home
from ingestion.collect import collect
from ingestion.pseudonyms import sample_key
from ingestion.rehearsal.season import make_season
from tests.rehearsal.seasons import AGENCIES, NOW, SEED, YEARS, Season, hashes


@pytest.fixture(scope="session")
def season(tmp_path_factory) -> Callable[[str], Season]:
    made: dict[str, Season] = {}

    def get(faults: str) -> Season:
        if faults not in made:
            root = tmp_path_factory.mktemp(f"rehearsal-{faults}") / "home"
            report = make_season(root, SEED, AGENCIES, YEARS, faults)
            made[faults] = Season(Home(root), report, hashes(root), {})
        return made[faults]

    return get


@pytest.fixture(scope="session")
def collected(season) -> Callable[[str], Season]:
    def get(faults: str) -> Season:
        one = season(faults)
        for year in YEARS:
            if year not in one.collected:
                one.collected[year] = collect(one.home, year, gate=None, now=NOW, key=sample_key(SEED), quiet_seconds=0)
        return one

    return get
