"""A season to collect in."""

from pathlib import Path

import pytest

from tests.inboxes import Season


@pytest.fixture
def season(tmp_path: Path) -> Season:
    return Season(tmp_path / "home")
