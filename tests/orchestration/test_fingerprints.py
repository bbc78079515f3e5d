"""Decision 9: what matters changes the fingerprint, what does not leaves it alone."""

from datetime import date, datetime
from pathlib import Path

import pytest

from expectations import ledger
from expectations.home import Home
from orchestration import fingerprints
from orchestration.settings import ROOT

PROJECT = ROOT / "dbt_project"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    for path in (home.accepted("talents", 2025), home.inbox(2025) / "a.xlsx"):
        path.parent.mkdir(parents=True)
        path.write_bytes(b"one")
    return home


def of(home: Home, on: date = date(2025, 11, 3), as_known: datetime | None = None) -> str:
    return fingerprints.fingerprint(fingerprints.inputs(home, 2025, PROJECT, as_known, on))


def test_nothing_changed_is_nothing_changed(home: Home):
    known = of(home)
    home.accepted("talents", 2025).touch()
    (home.root / "ledger.jsonl").write_text("")
    assert of(home) == known


def test_accepted_bytes_change_it(home: Home):
    known = of(home)
    home.accepted("talents", 2025).write_bytes(b"two")
    assert of(home) != known


def test_an_overlay_changes_it(home: Home):
    known = of(home)
    home.reference.mkdir()
    (home.reference / "parameters.add.csv").write_text("parameter\n")
    assert of(home) != known


def test_a_step_of_the_province_changes_it(home: Home):
    known = of(home)
    step = {"reporting_year": 2024, "document_number": "1", "happened_on": "2024-12-10"}
    ledger.append(home.ledger, "approved", reporting_year=2024)
    assert of(home) == known
    ledger.append(home.ledger, "signed", **step)
    assert of(home) != known


def test_T07_a_night_does_not_change_it_a_deadline_does(home: Home):
    assert of(home, date(2025, 11, 3)) == of(home, date(2025, 11, 4))
    assert of(home, date(2025, 11, 30)) != of(home, date(2025, 12, 1))


def test_as_known_takes_the_place_of_the_clock(home: Home):
    at = datetime.fromisoformat("2025-11-20T00:00:00+07:00")
    assert of(home, date(2025, 11, 3), at) == of(home, date(2026, 1, 1), at) != of(home, date(2025, 11, 3))


def test_a_copied_project_is_other_code(home: Home, tmp_path: Path):
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "dbt_project.yml").write_text("name: x\n")
    assert fingerprints.code_version(copy) != fingerprints.code_version(PROJECT)
    assert len(fingerprints.code_version(PROJECT)) == 12


def test_the_inbox_is_known_by_names_and_bytes(home: Home):
    known = fingerprints.inbox(home)
    (home.inbox(2025) / "a.xlsx").touch()
    (home.inbox(2025) / "~$a.xlsx").write_bytes(b"office was here")
    assert fingerprints.inbox(home) == known
    (home.inbox(2025) / "a.xlsx").rename(home.inbox(2025) / "b.xlsx")
    assert fingerprints.inbox(home) != known


def test_a_decision_about_persons_changes_it(home: Home):
    known = of(home)
    ledger.append(home.ledger, "person_decided", identities=["a", "b"], verdict="same", by="SNV", reason="-")
    assert of(home) != known
