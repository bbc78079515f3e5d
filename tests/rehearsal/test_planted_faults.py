"""What is planted is found: the real reader, the real rules, at the cell and under the rule that were written down."""

import json

import duckdb
import pytest

from expectations.findings import Severity
from ingestion.rehearsal.faults.plant import plant
from ingestion.rehearsal.genesis import make_world
from ingestion.rehearsal.papers import Return
from ingestion.rehearsal.registers import make_registers
from ingestion.rehearsal.returns import make_returns
from tests.rehearsal.seasons import AGENCIES, SEED, YEARS


def found_in(one) -> dict[str, list]:
    """File name -> its findings; the same bytes under a second name have those of the first, and a note."""
    found: dict[str, list] = {}
    for report in one.collected.values():
        for file in report.files:
            for name in (file.file_name, *file.same_content):
                found.setdefault(name, []).extend(file.findings)
        for note in report.notes:
            found.setdefault(note.file, []).append(note)
    return found


def is_at(finding, planted) -> bool:
    place = planted["cell"]
    return (
        finding.rule == planted["rule"]
        and planted["sheet"] in (None, finding.sheet)
        and place in (None, finding.cell, str(finding.row))
    )


def test_a_season_without_faults_has_no_finding_but_notes(collected):
    for report in collected("none").collected.values():
        heavy = [(f.file_name, x.rule) for f in report.files for x in f.findings if x.severity is not Severity.NOTE]
        assert heavy == []
        assert report.notes == ()


def test_every_planted_fault_is_found_at_its_cell_by_its_rule(collected):
    one = collected("typical")
    planted = json.loads((one.home.truth / "expected.json").read_text())["findings"]
    found = found_in(one)
    missed = [p for p in planted if p["rule"] and not any(is_at(f, p) for f in found.get(p["file"], []))]
    assert missed == []
    assert sum(p["rule"] is not None for p in planted) >= 25


def test_nothing_heavier_than_a_note_is_found_that_was_not_planted(collected):
    one = collected("typical")
    planted = json.loads((one.home.truth / "expected.json").read_text())["findings"]
    surprising = [
        (name, finding.rule, finding.sheet, finding.cell)
        for name, findings in found_in(one).items()
        for finding in findings
        if finding.severity is not Severity.NOTE and not any(p["file"] == name and is_at(finding, p) for p in planted)
    ]
    assert surprising == []


def test_what_is_kept_out_needs_no_answer_and_every_query_has_one(collected):
    root = collected("typical").home.accepted_root
    open_queries = duckdb.sql(
        f"""SELECT reporting_year, rule, agency_code FROM read_parquet('{root}/findings/*/*.parquet',
            hive_partitioning=true) WHERE severity = 'query' AND NOT explained AND superseded_at IS NULL"""
    ).fetchall()
    assert open_queries == []


@pytest.mark.parametrize("year", YEARS)
def test_a_rejected_file_of_an_agency_that_exists_is_followed_by_a_good_one(collected, year: int):
    report = collected("typical").collected[year]
    workbooks = [file for file in report.files if file.kind == "workbook"]
    taken = {file.agency_code for file in workbooks if file.outcome != "rejected"}
    rejected = {file.agency_code for file in workbooks if file.outcome == "rejected"} - {None}
    assert rejected <= taken


def test_who_never_sends_is_listed_with_a_reason(season):
    lines = (season("typical").home.inbox(2025) / "explanations.csv").read_text(encoding="utf-8")
    assert lines.count("YEAR-AGENCY-MISSING") == 1


@pytest.mark.parametrize(
    ("rule", "form", "field"),
    [("B06-UNIT-SUSPECT", "B06", "spent_amount"), ("B14-UNIT-SUSPECT", "B14", "amount")],
)
def test_d203_the_officer_who_wrote_dong_sends_the_file_again_corrected(rule: str, form: str, field: str):
    world = make_world(SEED, AGENCIES, YEARS)
    returns = make_returns(world, SEED, list(YEARS), dict.fromkeys(YEARS, "x"), None)
    planted = plant(world, SEED, "typical", returns, make_registers(world, list(YEARS), returns))
    (deed,) = [deed for deed in planted.deeds if deed.rule == rule]
    assert isinstance(deed.file, Return)
    of_sender = [r for r in returns if (r.sending, r.is_taken) == (deed.file.sending, True)]
    newest = max(of_sender, key=lambda one: one.received_at)
    assert newest is not deed.file
    assert max(amounts(deed.file, form, field)) >= 1_000_000 > max(amounts(newest, form, field))
    assert not [answer for answer in planted.answers if answer.rule == deed.rule]


def amounts(one: Return, form: str, field: str) -> list[float]:
    """The amounts of one column of a form (triệu đồng, as written)."""
    return [float(str(row.values.get(field) or 0).replace(",", ".")) for row in one.rows(form)]
