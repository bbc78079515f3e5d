"""The Dagster instance of a home: the root's dagster.yaml is the one that counts, and what it says."""

from pathlib import Path

import pytest
import yaml

from expectations.home import Home
from orchestration import instance
from orchestration.settings import ROOT


@pytest.fixture
def opened(tmp_path: Path):
    with instance.open_instance(Home(tmp_path)) as dagster:
        yield dagster


def test_the_settings_of_the_root_are_copied_when_they_differ(tmp_path: Path):
    home = Home(tmp_path)
    instance.prepare(home)
    copy = home.dagster / "dagster.yaml"
    written = copy.stat().st_mtime_ns
    instance.prepare(home)
    assert copy.read_bytes() == (ROOT / "dagster.yaml").read_bytes() and copy.stat().st_mtime_ns == written
    copy.write_text("telemetry: {enabled: true}\n")
    instance.prepare(home)
    assert copy.read_bytes() == (ROOT / "dagster.yaml").read_bytes()


def test_X16_telemetry_is_off(opened):
    assert opened.telemetry_enabled is False


def test_P05_P19_runs_end_and_slots_are_freed_after_a_crash():
    said = yaml.safe_load((ROOT / "dagster.yaml").read_text())
    assert said["run_monitoring"]["enabled"] and said["run_monitoring"]["free_slots_after_run_end_seconds"] <= 300
    assert said["concurrency"]["pools"]["default_limit"] == 1


def test_the_event_log_lies_in_the_home_and_keeps_its_engines(opened, tmp_path: Path):
    from orchestration.event_log import KeptEngineEventLog

    opened.get_runs()
    log = opened.event_log_storage
    assert isinstance(log, KeptEngineEventLog)
    log.get_asset_records()
    log.get_asset_records()
    assert (tmp_path / "dagster/history/runs/index.db").is_file() and len(log._engines) == 1
