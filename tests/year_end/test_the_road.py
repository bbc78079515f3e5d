"""The whole road through the command line, once: run, run again, look at everything it left behind."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from expectations import ledger
from expectations.home import Home
from ingestion.rehearsal.season import make_season
from orchestration.settings import ROOT
from tests.year_end.played import AGENCIES, SEEDS, YEAR, YEARS

pytestmark = pytest.mark.season
PUBLIC = ["bao-cao.docx", "phu-luc.xlsx", "index.html", "datapackage.json", "data-dictionary.html"]


def nhantai(home: Home, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "orchestration.cli", *map(str, arguments), "--home", str(home.root)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def said(home: Home, *arguments: object, code: int = 0) -> dict:
    run = nhantai(home, *arguments, "--json")
    assert run.returncode == code, run.stderr
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def travelled(tmp_path_factory) -> tuple[Home, dict]:
    """A home after `nhantai run --publish`, and what the command said."""
    home = Home(tmp_path_factory.mktemp("road") / "home")
    make_season(home.root, SEEDS[0], AGENCIES, YEARS, "typical")
    return home, said(home, "run", "--year", YEAR, "--publish", "--by", "Người ký mẫu")


def test_edition_1_is_out_and_whole(travelled):
    home, edition = travelled
    assert {"edition", "path", "manifest_sha256"} <= edition.keys() and edition["edition"] == 1
    current = home.current(YEAR).resolve()
    assert str(current) == edition["path"]
    assert all((current / "public" / name).stat().st_size for name in PUBLIC)
    assert list((current / "public/data").glob("*.parquet")) and list((current / "public/data").glob("*.csv"))
    assert (current / "internal/marts.duckdb").stat().st_mode & 0o777 == 0o640
    assert len(list((current / "internal/marts").glob("fct_*.parquet"))) > 10


def test_all_years_were_collected_and_every_file_has_an_outcome(travelled):
    home, _ = travelled
    events = [line["event"] for line in ledger.read(home.ledger)]
    assert events.count("received") == events.count("accepted") + events.count("rejected")
    assert {line["year"] for line in ledger.read(home.ledger) if line["event"] == "received"} == set(YEARS)


def test_the_runs_stand_in_the_instance_that_the_web_ui_shows(travelled):
    from orchestration.instance import open_instance

    home, _ = travelled
    with open_instance(home) as instance:
        runs = {(run.job_name, run.tags["dagster/partition"], run.status.value) for run in instance.get_runs()}
    collections = {("collect", str(year), "SUCCESS") for year in YEARS}
    assert runs == {("road", str(YEAR), "SUCCESS"), ("publish", str(YEAR), "SUCCESS")} | collections


def test_again_nothing_changed_and_nothing_heavy_is_loaded(travelled):
    home, edition = travelled
    started = time.monotonic()
    code = (
        "import sys; from orchestration.cli.guard import guarded;"
        f"code = guarded(['run', '--year', '{YEAR}', '--publish', '--by', 'A', '--home', {str(home.root)!r}]);"
        "print({'dagster', 'dbt', 'great_expectations'} & set(sys.modules)); sys.exit(code)"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0 and "nothing changed since build" in run.stdout, run.stdout + run.stderr
    assert run.stdout.splitlines()[-1] == "set()"
    assert time.monotonic() - started < 12 * float(os.environ.get("NHANTAI_SLOWER", "1"))
    again = said(home, "run", "--year", YEAR, "--publish", "--by", "A")
    assert (again["edition"], again["manifest_sha256"]) == (1, edition["manifest_sha256"]) and not again["changed"]


def test_review_status_verify_and_trace_print_their_keys(travelled):
    home, _ = travelled
    assert set(said(home, "verify")) == {"ok", "problems"}
    status = said(home, "status", "--year", YEAR)
    assert status["owed"] == len(status["agencies"]) > 0 and status["accepted"] <= status["received"]
    traced = said(home, "trace", "--year", YEAR, "--edition", 1, f"CT02/headline/{YEAR}/LS")
    assert list(traced) == ["figure", "value", "numerator", "denominator", "sources"]
    assert traced["figure"] == f"CT02/annual_persons/{YEAR}/KY_LICH/LS@{YEAR}-12-31"
    assert all({"file", "sha256"} <= source.keys() for source in traced["sources"])
    rows = {(source["file"], source.get("row")) for source in traced["sources"] if source["role"] == "denominator"}
    assert len(rows) >= traced["denominator"] > 0


def test_the_edition_can_be_issued_again_byte_for_byte(travelled, tmp_path: Path):
    home, edition = travelled
    made = said(home, "reissue", "--year", YEAR, "--edition", 1, "--out", tmp_path / "again")
    assert made["manifest_sha256"] == edition["manifest_sha256"]
    first, again = home.edition(YEAR, 1) / "public", tmp_path / "again" / "public"
    assert all((first / name).read_bytes() == (again / name).read_bytes() for name in PUBLIC)


def test_nobody_is_found_where_nobody_may_be(travelled):
    home, _ = travelled
    found = said(home, "audit-privacy")
    assert found["ok"] and found["hits"] == [] and len(found["controls"]) == 8 and all(found["controls"].values())


def test_a_reader_is_not_disturbed_and_does_not_disturb(travelled):
    """internal/marts.duckdb opens read-only in another process while a build runs."""
    home, _ = travelled
    marts = home.edition(YEAR, 1) / "internal" / "marts.duckdb"
    build = subprocess.Popen(
        [sys.executable, "-m", "orchestration.cli", "build", "--year", str(YEAR), "--home", str(home.root)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    code = (
        f"import duckdb; c = duckdb.connect(); c.execute(\"attach '{marts}' as edition (read_only)\");"
        "print(c.execute('select count(*) from edition.marts.fct_indicator_values').fetchone()[0])"
    )
    counts = set()
    while build.poll() is None:
        reader = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        counts.add(int(reader.stdout))
        time.sleep(2)
    assert build.returncode == 0 and len(counts) == 1 and counts.pop() > 0
