"""The definitions of an empty sample home, made once a session."""

from pathlib import Path

import pytest

from orchestration.settings import Settings


@pytest.fixture(scope="session")
def settings(tmp_path_factory) -> Settings:
    root: Path = tmp_path_factory.mktemp("wiring") / "home"
    root.mkdir()
    (root / "sample.json").write_text('{"seed": 1, "agencies": 4, "years": [2025], "faults": "none"}')
    return Settings(home=root)


@pytest.fixture(scope="session")
def definitions(settings: Settings):
    from orchestration.build import build_definitions

    return build_definitions(settings)
