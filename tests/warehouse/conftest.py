"""One home and one dbt target folder for all warehouse tests, so that partial parsing stays warm."""

from __future__ import annotations

import pytest

from tests.warehouse.season import Season


@pytest.fixture(scope="session")
def season_of_the_session(tmp_path_factory: pytest.TempPathFactory) -> Season:
    """One home and one dbt target folder for all warehouse tests: partial parsing stays warm."""
    root = tmp_path_factory.mktemp("warehouse")
    return Season(home=root / "home", target=root / "target")


@pytest.fixture
def season(season_of_the_session: Season) -> Season:
    """An empty season to fill."""
    season_of_the_session.reset()
    return season_of_the_session
