"""Break a promise by the door or in the SQL: gate 2 closes, no way leads to publication, and what is published stays.

The ways: the command line, the publish job alone, and the web UI's "materialize" of the edition (G01, G02, G07, G08).
"""

import csv
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from expectations import ledger
from expectations.builds import newest
from orchestration import approvals, publishing, review
from orchestration.build import build_definitions
from orchestration.settings import ROOT, Settings
from tests.year_end.played import workbook_of

YEAR = 2025
EDITION = dg.AssetKey(["publication", "edition"])

pytestmark = pytest.mark.season


@pytest.fixture
def published(published_season):
    """A season whose edition 1 is out, and the hash of every file of its publication."""
    return published_season, fingerprint(published_season.home.publication(YEAR))


def fingerprint(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def sign_all_the_same(season) -> None:
    """An approval for the newest build, whatever the gate says: as if somebody had written it into the ledger."""
    build = newest(season.home, YEAR)
    manifest = hashlib.sha256((build.path / "manifest.json").read_bytes()).hexdigest()
    said = {"reporting_year": YEAR, "build_id": build.build_id, "manifest_sha256": manifest, "by": "ai đó"}
    ledger.append(season.home.ledger, "approved", **said)


def no_way_leads_out(season, project: Path = ROOT / "dbt_project") -> None:
    """Command line, publish job, materialize: each refuses."""
    command = [sys.executable, "-m", "orchestration.cli", "publish", "--year", str(YEAR), "--home", season.home.root]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 1 and "Traceback" not in run.stderr, run.stderr
    definitions = build_definitions(Settings(home=season.home.root, dbt_project=project))
    alone = definitions.resolve_job_def("publish")
    assert not alone.execute_in_process(partition_key=str(YEAR), raise_on_error=False).success
    everything = definitions.resolve_implicit_global_asset_job_def()
    materialize = everything.execute_in_process(
        partition_key=str(YEAR), asset_selection=[EDITION], raise_on_error=False
    )
    assert not materialize.success


def rules(gate: dict) -> set[str]:
    return {finding["rule"] for finding in gate["findings"] if finding["severity"] != "note"}


def test_two_registers_with_one_decision_number(published):
    season, before = published
    register = next(season.home.inbox(YEAR).glob("recruitment_register_*.csv"))
    shutil.copy(register, register.with_name("recruitment_register_ban_sao.csv"))
    with register.with_name("recruitment_register_ban_sao.csv").open("a") as copy:
        copy.write("\n")  # other bytes, the same decisions
    season.collect(YEAR)
    season.build()
    gate = season.review()
    assert not gate["open"] and "YEAR-REGISTER-DUPLICATE" in rules(gate)
    sign_all_the_same(season)
    no_way_leads_out(season)
    assert fingerprint(season.home.publication(YEAR)) == before


def test_a_model_that_gives_more_than_100_percent(published, tmp_path: Path):
    season, before = published
    project = tmp_path / "copied_project"
    shutil.copytree(
        ROOT / "dbt_project", project, ignore=shutil.ignore_patterns("target", "logs", "tests", "*unit_tests*")
    )
    model = project / "models/marts/fct_indicator_values.sql"
    text = model.read_text()
    assert "    judged.numerator,\n" in text
    model.write_text(
        text.replace("    judged.numerator,\n", "    judged.numerator + judged.denominator + 1 as numerator,\n")
    )
    season.build(project)
    gate = season.review()
    assert not gate["open"] and rules(gate)
    sign_all_the_same(season)
    no_way_leads_out(season, project)
    assert fingerprint(season.home.publication(YEAR)) == before


def test_a_number_of_annex_nine_that_the_recount_does_not_give(published):
    season, _ = published
    with duckdb.connect(str(newest(season.home, YEAR).warehouse)) as connection:
        connection.execute("UPDATE reports.rpt_annual__commendations SET persons = persons + 1 WHERE persons > 0")
    gate = season.review()
    assert not gate["open"] and rules(gate) == {"YEAR-RECOUNT"}


def test_an_agency_whose_file_is_gone_and_who_is_not_listed(season_in_the_making):
    season = season_in_the_making
    workbook_of(season.home, "SYT").unlink()
    season.collect()
    season.build()
    gate = season.review()
    assert not gate["open"] and "YEAR-AGENCY-MISSING" in rules(gate)
    assert any("SYT" in str(finding) or "Sở Y tế" in str(finding) for finding in gate["findings"])
    sign_all_the_same(season)
    no_way_leads_out(season)
    assert not season.home.publication(YEAR).exists()


def test_the_same_agency_once_it_is_listed_closes_nothing(season_in_the_making):
    season = season_in_the_making
    workbook_of(season.home, "SYT").unlink()
    with season.home.explanations(YEAR).open("a", encoding="utf-8", newline="") as stream:
        line = [
            "SYT",
            "YEAR-AGENCY-MISSING",
            "",
            "",
            "Không gửi báo cáo, đã có công văn",
            "Sở Nội vụ",
            "2025-12-06T08:00:00+07:00",
        ]
        csv.writer(stream).writerow(line)
    season.collect()
    season.build()
    assert "YEAR-AGENCY-MISSING" not in rules(season.review())


def test_G02_the_verdict_on_one_build_is_not_the_verdict_on_the_next(published):
    season, before = published
    season.build()
    with pytest.raises(Exception, match="chưa qua cổng 2"):
        publishing.publish(season.home, YEAR)
    assert fingerprint(season.home.publication(YEAR)) == before


def test_G01_an_open_gate_without_approval_publishes_nothing(published):
    season, before = published
    (season.home.inbox(YEAR) / "explanations.csv").open("a").write("\n")
    season.build()
    assert season.review()["open"]
    with pytest.raises(Exception, match="Chưa có người phê duyệt"):
        publishing.publish(season.home, YEAR)
    assert fingerprint(season.home.publication(YEAR)) == before


def test_G08_a_judge_that_crashes_closes_the_gate(published, monkeypatch):
    season, _ = published

    def crash(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(review, "recounted", crash)
    gate = season.review()
    assert not gate["open"] and rules(gate) == {"GATE-EXCEPTION"}
    with pytest.raises(Exception, match="closed"):
        approvals.approve(season.home, YEAR, "A")


def test_the_same_inputs_publish_nothing_new(published):
    season, before = published
    again = publishing.publish(season.home, YEAR)
    assert again.edition == 1 and fingerprint(season.home.publication(YEAR)) == before
