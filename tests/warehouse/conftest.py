"""One home, one dbt target folder and one compiled project for all warehouse tests: parsing is done once."""

from __future__ import annotations

import pytest

from tests.warehouse import compiled
from tests.warehouse.season import Season
from tests.warehouse.unit_runner import UnitRunner


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


@pytest.fixture(scope="session")
def compiled_project(request: pytest.FixtureRequest, season_of_the_session: Season) -> compiled.Project:
    """The project as dbt compiles it; kept in pytest's cache until a file of dbt_project/ changes."""
    return compiled.project(season_of_the_session, request.config.cache.mkdir("compiled_dbt"))


@pytest.fixture(scope="session")
def empty_warehouse(compiled_project: compiled.Project, season_of_the_session: Season) -> compiled.Warehouse:
    """A warehouse of no rows: every table with its types, for unit tests to stand on. Do not write to its layers."""
    warehouse = compiled.Warehouse(compiled_project)
    warehouse.fill(Season(home=season_of_the_session.home, target=season_of_the_session.target), 2025, "2026-01-15")
    warehouse.run()
    return warehouse


@pytest.fixture(scope="session")
def unit_runner(empty_warehouse: compiled.Warehouse) -> UnitRunner:
    """dbt's unit tests over the compiled SQL."""
    return UnitRunner(empty_warehouse)
