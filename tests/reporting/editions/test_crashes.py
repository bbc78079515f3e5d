"""P04, R1: kill -9 at any point of `publish` leaves the old edition or the new one, byte for byte; the next run needs
no hand.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from expectations import ledger
from expectations.home import Home
from reporting.editions import publish
from reporting.verify import verify
from tests.reporting.editions import season as seasons
from tests.reporting.editions.season import YEAR, Season, bytes_of

ROOT = Path(__file__).resolve().parents[3]
# The child publishes for real; at the named step it kills itself, before or after the step's own work.
CHILD = """
import os, signal, sys
from pathlib import Path
from expectations.home import Home
from reporting import editions
step, moment = sys.argv[2], sys.argv[3]
if step:
    own = getattr(editions, step)
    def dying(*args, **kwargs):
        if moment == "after":
            own(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(editions, step, dying)
print("started", flush=True)
editions.publish(Home(Path(sys.argv[1])), 2025)
"""
POINTS = [
    pytest.param("_render", "before", marks=pytest.mark.soak),
    ("_render", "after"),
    ("_swap", "before"),
    ("_swap", "after"),
    pytest.param("_record", "after", marks=pytest.mark.soak),
]


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Season:
    """Edition 1 is out; a second build waits, reviewed and approved."""
    root = tmp_path_factory.mktemp("home")
    publish(seasons.make(root, 1).home, YEAR)
    return seasons.make(root, 2, header={"agencies_on_time": 25})


@pytest.fixture
def two_builds(made_once: Season, tmp_path: Path) -> Season:
    """A copy of that home for one test."""
    shutil.copytree(made_once.home.root, tmp_path / "home", symlinks=True)
    return Season(Home(tmp_path / "home"), made_once.build_id)


def child(season: Season, step: str = "", moment: str = "") -> subprocess.Popen:
    command = [sys.executable, "-c", CHILD, str(season.home.root), step, moment]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def whole(season: Season, first: dict[str, str]) -> int:
    """The edition that readers see, after asserting that it is complete and that edition 1 is untouched."""
    home = season.home
    assert bytes_of(home.edition(YEAR, 1)) == first
    shown = home.current(YEAR).resolve()
    assert (shown / "manifest.json").is_file() and (shown / "public" / "bao-cao.docx").is_file()
    assert verify(home).problems == []
    return int(shown.name)


@pytest.mark.parametrize(("step", "moment"), POINTS)
def test_p04_killed_at_a_step(two_builds: Season, step: str, moment: str) -> None:
    first = bytes_of(two_builds.home.edition(YEAR, 1))
    process = child(two_builds, step, moment)
    assert process.wait(timeout=300) == -signal.SIGKILL
    shown = whole(two_builds, first)
    assert shown == (2 if (step, moment) in (("_swap", "after"), ("_record", "after")) else 1)
    settled(two_builds, first)


def settled(season: Season, first: dict[str, str]) -> None:
    """The next run finishes by itself: edition 2 is out once, nothing is left lying about."""
    assert publish(season.home, YEAR).edition == 2
    assert whole(season, first) == 2
    left = sorted(path.name for path in season.home.publication(YEAR).iterdir())
    assert left == ["1", "2", "current"]
    lines = [line["edition"] for line in ledger.read(season.home.ledger) if line["event"] == "published"]
    assert lines == [1, 2]


@pytest.mark.parametrize("kilobytes", [60, 400])
def test_p07_a_full_disk_leaves_the_old_edition(two_builds: Season, kilobytes: int) -> None:
    """No file may grow beyond the limit, as on a full disk: every write that would ends in an OSError."""
    first = bytes_of(two_builds.home.edition(YEAR, 1))
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({kilobytes} * 1024,) * 2)\n"
    command = [sys.executable, "-c", limit + CHILD, str(two_builds.home.root), "", ""]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, timeout=300).returncode != 0
    assert whole(two_builds, first) == 1
    assert not two_builds.home.edition(YEAR, 2).exists()


@pytest.mark.soak
def test_p04_killed_at_random(two_builds: Season) -> None:
    first = bytes_of(two_builds.home.edition(YEAR, 1))
    dice = random.Random(20260112)
    for _ in range(60):
        process = child(two_builds)
        assert process.stdout is not None and process.stdout.readline() == b"started\n"
        time.sleep(dice.uniform(0, 12))
        process.kill()
        process.wait()
        if whole(two_builds, first) == 2:
            break
    settled(two_builds, first)
