"""A human's word about persons (S04): in the ledger, with a name and a reason, replaced by a later one, undone."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from expectations import ledger
from expectations.errors import NotFit, UsageError
from expectations.home import Home
from ingestion.persons import decisions
from ingestion.persons.cases import Case, all_cases
from ingestion.privacy.audit import audit
from orchestration import fingerprints, persons, warehouse
from orchestration.cli.guard import guarded
from orchestration.settings import ROOT
from tests.builders import submission
from tests.inboxes import REGISTER, Season, csv_text, rows_of

WHY = {"by": "Phòng Công chức", "reason": "Thẻ mới ghi số cũ ở mặt sau"}


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Season:
    """Three numbers of one person, a name that clashes under a fourth, and a row without a number. Do not change it."""
    season = Season(tmp_path_factory.mktemp("persons") / "home")
    same = {**REGISTER, "full_name": "Nông Thị Thử", "birth_date": "1990-05-06", "identity_kind": ""}
    numbers = (("003190000123", ""), ("000123456", "cmnd"), ("X1234567", "passport"))
    rows = [
        {"national_id": number, "identity_kind": kind, "decision_number": f"{n}/QĐ-SNV"}
        for n, (number, kind) in enumerate(numbers, 1)
    ]
    rows.append({"national_id": "003190000999", "full_name": "Lý Thị Giả", "decision_number": "9/QĐ-SNV"})
    season.put("recruitment_register_2025.csv", csv_text(rows_of(same, *rows)))
    made = submission("talents").with_values("talents", full_name="Lý Thị Thật", national_id="003190000999")
    season.put("a.xlsx", made.row("talents", national_id=None))
    season.collect()
    return season


@pytest.fixture
def home(collected: Season) -> Home:
    """The season without any decision: the ledger is put back afterwards."""
    before = collected.home.ledger.read_bytes()
    yield collected.home
    collected.home.ledger.write_bytes(before)


def of_kind(home: Home, kind: str) -> list[Case]:
    return [case for case in all_cases(home).cases if case.kind == kind]


def person(home: Home) -> dict[str, str]:
    return decisions.persons(decisions.read(home))


def test_S04_decided_and_undone(home: Home):
    first, second, third = of_kind(home, "pair")
    line = persons.decide(home, first.case, "same", **WHY)
    assert (line["by"], line["reason"], line["verdict"]) == (WHY["by"], WHY["reason"], "same")
    assert set(person(home)) | set(person(home).values()) == set(first.subject)
    assert persons.decide(home, first.case, "same", **WHY) == line, "the same word twice is one line"
    assert [case.case for case in of_kind(home, "pair") if case.decision] == [first.case]
    persons.undo(home, first.case, "Phòng Công chức", "Nhầm với người trùng tên")
    assert person(home) == {} and persons.undecided(home) == 3
    assert [line["verdict"] for line in ledger.read(home.ledger) if line["event"] == decisions.EVENT] == [
        "same",
        "undone",
    ]
    with pytest.raises(UsageError, match="no decision stands"):
        persons.undo(home, first.case, **WHY)
    assert ledger.verify(home.ledger) == [] and {second.kind, third.kind} == {"pair"}


def test_S04_a_no_that_contradicts_two_yeses_is_refused(home: Home):
    first, second, third = of_kind(home, "pair")
    persons.decide(home, first.case, "same", **WHY)
    persons.decide(home, second.case, "same", **WHY)
    with pytest.raises(NotFit, match="contradicts"):
        persons.decide(home, third.case, "different", **WHY)
    persons.undo(home, second.case, **WHY)
    persons.decide(home, third.case, "different", **WHY)
    with pytest.raises(NotFit, match="contradicts decision"):
        persons.decide(home, second.case, "same", **WHY)


def test_S03_two_people_under_one_number_are_corrected_not_decided(home: Home):
    (conflict,) = of_kind(home, "conflict")
    with pytest.raises(NotFit, match="corrects it"):
        persons.decide(home, conflict.case, "different", **WHY)
    assert conflict.agrees == {"name": "differs", "birth": "equal"}
    assert {place["way"] for place in conflict.sides[0].places} == {1, 2}
    persons.decide(home, conflict.case, "same", **WHY)
    assert of_kind(home, "conflict")[0].decision is not None and person(home) == {}


def test_S04_a_row_without_a_number_is_corrected_not_joined(home: Home):
    (row, *_) = of_kind(home, "row")
    with pytest.raises(NotFit, match="writes the number"):
        persons.decide(home, row.case, "same", **WHY)


@pytest.mark.parametrize(
    ("by", "reason", "said"),
    [
        (" ", WHY["reason"], "--by"),
        ("SNV", "đúng vậy", "few words"),
        ("SNV", "cùng là bà Nông Thị Thử ở Sở", "names a person"),
        ("SNV", "cùng số 003190000123 trên thẻ", "names a person"),
        ("SNV", "cùng số 079190000123 trên thẻ", "names a person"),
    ],
)
def test_a_decision_has_a_name_and_a_reason_that_names_nobody(home: Home, by: str, reason: str, said: str):
    case = of_kind(home, "pair")[0].case
    with pytest.raises(UsageError, match=said):
        persons.decide(home, case, "same", by, reason)
    assert not [line for line in ledger.read(home.ledger) if line["event"] == decisions.EVENT]


def test_S04_a_build_is_given_what_was_known_then(home: Home):
    before = fingerprints.inputs(home, 2025, ROOT / "dbt_project", None)
    line = persons.decide(home, of_kind(home, "pair")[0].case, "same", **WHY)
    assert fingerprints.inputs(home, 2025, ROOT / "dbt_project", None) != before
    at = datetime.fromisoformat(line["at"])
    assert warehouse.default_known_at(home) == at
    warehouse.prepare(home, 2025, at, before)
    links = home.next_build / "person_links.parquet"
    assert _rows(links) == [(*sorted(line["identities"], reverse=True), None)]
    warehouse.prepare(home, 2025, datetime.fromisoformat("2025-12-01T00:00:00+07:00"), before)
    assert _rows(links) == []


def test_the_commands_show_nobody_and_leave_nobody_behind(home: Home, capsys):
    assert guarded(["persons", "list", "--json", "--home", str(home.root)]) == 0
    said = json.loads(capsys.readouterr().out)
    pair = next(case for case in said["cases"] if case["kind"] == "pair")
    assert set(pair) == {"case", "kind", "strength", "agrees", "sides", "decision"}
    decide = ["persons", "decide", pair["case"], "--same", "--by", WHY["by"], "--reason", WHY["reason"]]
    assert guarded([*decide, "--home", str(home.root)]) == 0
    assert guarded(["persons", "list", "--all", "--home", str(home.root)]) == 0
    assert (
        guarded(
            ["persons", "undo", pair["case"], "--by", "SNV", "--reason", "nhầm hai người", "--home", str(home.root)]
        )
        == 0
    )
    assert (
        guarded(["persons", "undo", "nosuch", "--by", "SNV", "--reason", "nhầm hai người", "--home", str(home.root)])
        == 2
    )
    told = capsys.readouterr().out
    assert "Thử" not in told and "Giả" not in told and "123456" not in told and "…456" in told
    found = audit(home)
    assert found.ok, found.hits


def _rows(path: Path) -> list[tuple]:
    import duckdb

    return duckdb.sql(f"select identity_key, person_key, undone_at from '{path}'").fetchall()
