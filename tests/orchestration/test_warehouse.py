"""A build is frozen and whole: decisions 4 and 9, P02, P06."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from expectations.builds import all_builds
from expectations.errors import OperatorError, UsageError
from expectations.home import Home
from expectations.reference import load as reference
from ingestion import acceptance
from orchestration import fingerprints, transform, warehouse
from orchestration.settings import ROOT

PROJECT = ROOT / "dbt_project"
YEAR = 2025


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    """A home in which nothing was accepted: every dataset is there, empty, with its schema."""
    home = Home(tmp_path_factory.mktemp("warehouse") / "home")
    home.root.mkdir()
    home.sample_marker.write_text('{"seed": 1}')
    acceptance.write_empty(home, [2024, YEAR])
    return home


@pytest.fixture(scope="module")
def build(home: Home):
    return warehouse.build_warehouse(home, YEAR, project=PROJECT)


def test_the_manifest_says_what_it_was_made_of(build):
    manifest = json.loads((build.path / "manifest.json").read_text())
    assert build.build_id == f"{YEAR}-0001-{manifest['fingerprint'][:8]}"
    assert manifest["warehouse_sha256"] == hashlib.sha256(build.warehouse.read_bytes()).hexdigest()
    assert manifest["tests"] and set(manifest["models"].values()) == {"success"}
    assert set(manifest["inputs"]) == {"accepted", "code", "rules", "reference", "parameters"}
    assert (
        manifest["inputs"]["accepted"][f"talents/{YEAR}"]
        == fingerprints.accepted(Home(build.path.parents[1]))[f"talents/{YEAR}"]
    )


def test_every_declared_data_test_was_run(build, home: Home):
    warehouse.lay_out_reference(
        home, warehouse.default_known_at(home)
    )  # the seeds of a parse; the build has closed its own
    declared = json.loads(transform.parse(home, PROJECT).read_text())["nodes"].values()
    assert {node["name"] for node in declared if node["resource_type"] == "test"} == set(build.manifest["tests"])


def test_P10_the_file_is_closed(build):
    assert sorted(path.name for path in build.path.glob("warehouse*")) == ["warehouse.duckdb"]


def test_the_reference_lists_of_the_build_are_kept(build, tmp_path: Path):
    for path in reference.materialise(tmp_path):
        assert (build.path / "reference" / path.name).read_bytes() == path.read_bytes()


def test_a_build_reads_nothing_outside_itself(build, home: Home):
    """Decision 4: accepted/ is moved away and everything in the warehouse is asked."""
    import duckdb

    home.accepted_root.rename(home.root / "away")
    try:
        with duckdb.connect(str(build.warehouse), read_only=True) as connection:
            relations = connection.execute("select table_schema, table_name from information_schema.tables").fetchall()
            assert {schema for schema, _ in relations} >= {"staging", "intermediate", "marts", "reports", "reference"}
            for schema, name in relations:
                connection.execute(f'select * from "{schema}"."{name}" limit 1').fetchall()
    finally:
        (home.root / "away").rename(home.accepted_root)


def test_the_same_inputs_have_the_same_fingerprint_and_another_number(build, home: Home):
    again = warehouse.build_warehouse(home, YEAR, project=PROJECT)
    assert again.build_id == f"{YEAR}-0002-{build.build_id[-8:]}"


def test_P02_a_build_that_dies_leaves_nothing(home: Home, monkeypatch, build):
    known = [each.build_id for each in all_builds(home, YEAR)]

    def die(*_):
        (home.next_build / "warehouse.duckdb").write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(transform, "build", die)
    with pytest.raises(KeyboardInterrupt):
        warehouse.build_warehouse(home, YEAR, project=PROJECT)
    assert not home.next_build.exists() and [each.build_id for each in all_builds(home, YEAR)] == known


def test_P02_what_a_killed_build_left_is_thrown_away(home: Home, build):
    home.next_build.mkdir()
    (home.next_build / "warehouse.duckdb").write_bytes(b"half a file")
    inputs = fingerprints.inputs(home, YEAR, PROJECT, None)
    warehouse.prepare(home, YEAR, warehouse.default_known_at(home), inputs)
    assert not (home.next_build / "warehouse.duckdb").exists()
    shutil.rmtree(home.next_build)


def test_P06_too_small_a_disk_is_refused_first(home: Home, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9 - 10**6, 10**6))
    with pytest.raises(OperatorError, match=r"needs 0\.2 GB, has 0\.0 GB"):
        warehouse.build_warehouse(home, YEAR, project=PROJECT)
    assert not home.next_build.exists()


def test_a_year_without_calendar_is_refused(home: Home):
    with pytest.raises(UsageError, match="no year 1999"):
        warehouse.build_warehouse(home, 1999, project=PROJECT)
