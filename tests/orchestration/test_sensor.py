"""P20: each state of the inbox is asked for exactly once; F04: a file counts when it was still between two looks."""

from pathlib import Path

import dagster as dg
import pytest

from expectations.home import Home
from orchestration import jobs, sensors
from orchestration.settings import Settings


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "sample.json").write_text('{"seed": 1}')
    (tmp_path / "inbox" / "2025").mkdir(parents=True)
    (tmp_path / "inbox" / "2025" / "a.xlsx").write_bytes(b"one")
    return Home(tmp_path)


@pytest.fixture
def tick(home: Home):
    sensor = sensors.inbox_sensor(Settings(home=home.root), jobs.all_jobs()["collect"])

    def at(cursor: str | None) -> dg.SensorResult:
        with dg.DagsterInstance.ephemeral() as instance, dg.build_sensor_context(instance, cursor) as context:
            return sensor(context)

    return at


def keys(result: dg.SensorResult) -> list[str]:
    return [request.run_key for request in result.run_requests]


def test_F04_the_first_look_takes_nothing(tick):
    assert keys(tick(None)) == []


def test_P20_a_still_inbox_is_asked_for_once(tick):
    first = tick(None)
    second = tick(first.cursor)
    assert len(keys(second)) == 1 and second.run_requests[0].partition_key == "2025"
    assert keys(tick(second.cursor)) == []


def test_F04_a_growing_file_waits(tick, home: Home):
    first = tick(None)
    (home.inbox(2025) / "a.xlsx").write_bytes(b"one and more")
    second = tick(first.cursor)
    assert keys(second) == [] and len(keys(tick(second.cursor))) == 1


def test_P20_a_lost_cursor_asks_for_the_same_run(tick):
    known = keys(tick(tick(None).cursor))
    assert keys(tick(tick(None).cursor)) == known


def test_P20_other_content_is_another_run(tick, home: Home):
    known = keys(tick(tick(None).cursor))
    (home.inbox(2025) / "b.xlsx").write_bytes(b"two")
    assert keys(tick(tick(None).cursor)) != known


def test_P20_a_tick_that_fails_changes_nothing(tick, home: Home, monkeypatch):
    first = tick(None)

    def broken(*_):
        raise OSError("disk")

    with monkeypatch.context() as during:
        during.setattr(sensors.fingerprints, "inbox", broken)
        with pytest.raises(OSError):
            tick(first.cursor)
    assert len(keys(tick(first.cursor))) == 1


def test_a_folder_that_is_no_reporting_year_is_left_alone(tick, home: Home):
    (home.root / "inbox" / "1999").mkdir()
    (home.root / "inbox" / "1999" / "a.xlsx").write_bytes(b"old")
    assert [request.partition_key for request in tick(tick(None).cursor).run_requests] == ["2025"]
