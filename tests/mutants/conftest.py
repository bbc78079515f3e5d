"""The compiled project and the judges of mutants, once a session."""

from __future__ import annotations

import pytest

from tests.mutants.judges import Judges
from tests.warehouse.compiled import Project
from tests.warehouse.conftest import compiled_project, season_of_the_session
from tests.warehouse.season import Season

__all__ = ["compiled_project", "season_of_the_session"]


@pytest.fixture(scope="session")
def judges(compiled_project: Project, season_of_the_session: Season) -> Judges:
    """Three built seasons and the unit tests."""
    return Judges(compiled_project, season_of_the_session)
