"""Examining years in a second process changes when things happen, and nothing that comes of them (decision 59)."""

import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from expectations import ledger
from expectations.errors import UsageError
from expectations.home import Home
from ingestion.intake import Intake
from ingestion.rehearsal.season import make_season
from orchestration import ahead, collecting, lock
from orchestration.settings import ROOT, Settings
from tests.year_end.played import SEEDS

YEARS = (2024, 2025)

ROAD = """
import sys, time
from pathlib import Path
from orchestration import ahead, collecting, lock
from orchestration.settings import Settings
settings = Settings(home=Path(sys.argv[1]), processes=2)
home = settings.working_home()
with lock.hold(home, "road"), collecting.begun(settings, home, [2024, 2025]):
    ahead.begun(home, 2024).intake()
    print("begun", flush=True)
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def inbox(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("ahead") / "inbox-only"
    make_season(root, SEEDS[0], 4, YEARS, "typical")
    return root


@pytest.fixture
def home(inbox: Path, tmp_path: Path) -> Home:
    subprocess.run(["cp", "-r", inbox, tmp_path / "home"], check=True)
    return Home(tmp_path / "home")


def collected(home: Home, processes: int) -> None:
    settings = Settings(home=home.root, processes=processes)
    with lock.hold(home, "road"), collecting.begun(settings, home, YEARS):
        for year in YEARS:
            collecting.collect(settings, home, year)


def accepted(home: Home) -> dict[str, list[tuple]]:
    """All accepted rows without the instants at which this home took them in."""
    found = {}
    for path in sorted(home.accepted_root.glob("*/reporting_year=*/data.parquet")):
        name = f"{path.parent.parent.name}/{path.parent.name[-4:]}"
        columns = duckdb.sql(f"select * from '{path}'").columns
        kept = ", ".join(f'"{column}"' for column in columns if column not in {"recorded_at", "answered_at"})
        found[name] = duckdb.sql(f"select {kept} from '{path}'").fetchall()
    return found


def events(home: Home) -> list[tuple]:
    kept = ("event", "sha256", "year", "outcome", "rows_accepted", "rows_rejected", "received_at")
    return [tuple(line.get(key) for key in kept) for line in ledger.read(home.ledger)]


def test_two_processes_collect_what_one_does(home: Home, inbox: Path, tmp_path: Path, monkeypatch):
    examined_here = []
    from ingestion import collect as collection

    real = collection.examine
    monkeypatch.setattr(collection, "examine", lambda *args: examined_here.append(args[1]) or real(*args))
    alone = Home(tmp_path / "alone")
    subprocess.run(["cp", "-r", inbox, alone.root], check=True)
    collected(alone, 1)
    assert examined_here == list(YEARS)
    collected(home, 2)
    assert examined_here == list(YEARS), "the second process examined nothing"
    assert accepted(home) == accepted(alone) and "talents/2025" in accepted(home)
    assert sorted(events(home), key=str) == sorted(events(alone), key=str)
    assert not list((home.root / "vault" / "typed").glob("*.next.duckdb"))
    receipts = sorted(path.relative_to(alone.root) for path in (alone.root / "feedback").rglob("*.html"))
    assert receipts and all((home.root / path).is_file() for path in receipts)


def test_what_the_second_process_cannot_do_the_first_does(home: Home, monkeypatch):
    real = ahead._started

    def dying():
        process = real()
        process.kill()
        return process

    monkeypatch.setattr(ahead, "_started", dying)
    collected(home, 2)
    assert "talents/2025" in accepted(home)


def test_a_year_that_the_calendar_does_not_know_is_told_before_anything_is_landed(home: Home):
    with pytest.raises(UsageError), collecting.begun(Settings(home=home.root, processes=2), home, [2019]):
        pass
    assert not any(line["event"] == "received" for line in ledger.read(home.ledger))


def test_nobody_waits_for_ever_for_what_failed_elsewhere(tmp_path: Path):
    place, nothing = Home(tmp_path), Intake(received=[], notes=[], same_content={}, seen={})

    def full():
        raise OSError("no space left on device")
        yield

    def broken():
        raise ImportError("no such module")

    with ahead.examining(place, (2024, 2025), full(), lambda: None):
        promised = ahead.begun(place, 2025)
        with pytest.raises(OSError, match="no space left"):
            promised.intake()
        assert promised.examined() is None
    with ahead.examining(place, (2025,), iter([(2025, nothing, True)]), broken):
        promised = ahead.begun(place, 2025)
        assert promised.intake() is nothing
        assert promised.examined() is None
    assert ahead.begun(place, 2025) is None


def test_P05_the_second_process_ends_with_the_first(home: Home):
    process = subprocess.Popen([sys.executable, "-c", ROAD, home.root], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "begun\n"
    children = _workers(process.pid)
    assert len(children) == 1
    process.kill()
    process.wait()
    process.stdout.close()
    end = time.monotonic() + 20
    while _is_alive(children[0]) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _is_alive(children[0])


def _workers(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(pid) for pid in found if "ahead_worker" in Path(f"/proc/{pid}/cmdline").read_text()]


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
