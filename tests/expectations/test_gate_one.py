"""Gate 1 on a real typed DuckDB: what it finds, and when it must say that it proves nothing (G03, G05, G08, R13)."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from expectations.contracts.load import all_contracts, load
from expectations.findings import Severity
from expectations.gates import canaries, submission, suites
from expectations.gates.duckdb_datasource import opened
from expectations.gates.submission import GateVoid, check
from expectations.rules.compile import compile_all
from tests.expectations.typed_database import COVER, RECRUIT, TALENT, TypedDatabase

CONTRACTS = [load(name) for name in ("cover", "talents", "recruitment_register")]


@pytest.fixture
def season(tmp_path: Path) -> Path:
    """Two submissions and a register; the second workbook has four faults."""
    path = tmp_path / "2025.duckdb"
    typed = TypedDatabase(path)
    typed.add("cover", COVER, row=0)
    typed.add("talents", TALENT)
    typed.add("cover", COVER, submission="s2", row=0, agency_code="STC")
    typed.add("talents", TALENT, submission="s2", row=6, national_id="03090123456")
    typed.add("talents", TALENT, submission="s2", row=7, started_on=None, started_on__raw="cuối năm 2023")
    typed.add("talents", TALENT, submission="s2", row=8, national_id="003090123461", sex="nu")
    typed.add("talents", TALENT, submission="s2", row=9, national_id="003090123465", legal_basis="ND140_KHT")
    typed.locate("talents", {"national_id": "C", "started_on": "AD"}, submission="s2")
    typed.add("recruitment_register", RECRUIT, submission="r1", row=2)
    typed.connection.close()
    return path


def _check(path: Path, parameters, **change):
    return check(path, CONTRACTS, **{"minimum_submissions": 3, "parameters": parameters, **change})


def test_the_gate_counts_and_addresses_the_same_rows(season, parameters):
    result = _check(season, parameters)
    found = sorted((f.rule, f.submission_id, f.cell or f.row) for f in result.findings)
    assert found == [
        ("B03-BASIS-IN-FORCE", "s2", 9),
        ("B03-ID-BIRTH-SEX", "s2", "C8"),
        ("B03-ID-SHAPE", "s2", "C6"),
        ("B03-STARTED_ON-TYPE", "s2", "AD7"),
    ]
    assert {rule: n for rule, n in result.counts.items() if n} == dict.fromkeys([rule for rule, _, _ in found], 1)
    assert result.checks_run == result.checks_declared == len(compile_all(CONTRACTS, parameters))
    assert (result.submissions, result.rows["talents"]) == (3, 5)
    assert result.max_severity == Severity.ERROR
    assert result.by_severity() == {"blocker": 0, "error": 3, "query": 1, "note": 0}


def test_r13_at_least_twenty_poisons_are_caught_each_time(season, parameters):
    result = check(season, all_contracts(), minimum_submissions=3, parameters=parameters)
    assert result.poisons_caught >= 20
    assert result.checks_run == result.checks_declared > 300


def test_findings_hold_no_whole_id_and_no_name(season, parameters):
    text = json.dumps([f.to_json() for f in _check(season, parameters).findings], ensure_ascii=False)
    assert "Nông Văn Thử" not in text
    assert not any(f"30901234{n}" in text for n in range(50, 70))
    assert "…456" in text


def test_the_file_is_free_afterwards_and_nothing_was_printed(season, parameters, capfd):
    _check(season, parameters)
    with duckdb.connect(str(season)) as connection:
        connection.execute("CREATE TABLE written_again (i INTEGER)")
    assert capfd.readouterr() == ("", "")


def test_sample_prefixes_are_refused_in_a_real_home(season):
    assert check(season, CONTRACTS, minimum_submissions=3).counts["B03-ID-PREFIX"] == 4


@pytest.mark.parametrize("contracts", [[], [load("cover")]])
def test_g03_nothing_to_check_is_void(season, tmp_path, parameters, contracts):
    empty = tmp_path / "empty.duckdb"
    TypedDatabase(empty).connection.close()
    with pytest.raises(GateVoid):
        check(empty, contracts, minimum_submissions=0, parameters=parameters)
    if not contracts:
        with pytest.raises(GateVoid, match="no rule"):
            check(season, [], minimum_submissions=3, parameters=parameters)


def test_g03_fewer_submissions_than_were_typed_is_void(season, parameters):
    with pytest.raises(GateVoid, match="4 submissions were typed, 3 are"):
        _check(season, parameters, minimum_submissions=4)


def test_g03_rows_of_nothing_but_null_are_errors(tmp_path, parameters):
    path = tmp_path / "null.duckdb"
    typed = TypedDatabase(path)
    typed.add("talents", {})
    typed.connection.close()
    result = check(path, CONTRACTS, minimum_submissions=1, parameters=parameters)
    assert result.counts["B03-NATIONAL_ID-REQUIRED"] == 1
    assert result.max_severity == Severity.ERROR


def test_g03_a_missing_database_is_void_and_not_made(tmp_path, parameters):
    path = tmp_path / "nothing.duckdb"
    with pytest.raises(GateVoid):
        _check(path, parameters)
    assert not path.exists()


def _spoiled(monkeypatch, rule_id: str, predicate: str) -> None:
    def compiled(contracts, parameters=None):
        rules = compile_all(contracts, parameters)
        return [replace(rule, template=predicate) if rule.rule == rule_id else rule for rule in rules]

    monkeypatch.setattr(submission, "compile_all", compiled)
    monkeypatch.setattr(canaries, "compile_all", compiled)


def test_r13_a_rule_that_lets_everything_pass_voids_the_gate(season, parameters, monkeypatch):
    _spoiled(monkeypatch, "B03-ID-SHAPE", "false")
    with pytest.raises(GateVoid, match="poisoned row passed B03-ID-SHAPE"):
        _check(season, parameters)


def test_r13_a_rule_that_catches_everything_voids_the_gate(season, parameters, monkeypatch):
    _spoiled(monkeypatch, "B03-RECOGNISED-LATE", "true")
    with pytest.raises(GateVoid, match="clean row was caught by B03-RECOGNISED-LATE"):
        _check(season, parameters)


def test_g08_a_check_that_raises_voids_the_gate(season, parameters, monkeypatch):
    monkeypatch.setattr(canaries, "prove", lambda contracts: 20)
    _spoiled(monkeypatch, "B03-ID-SHAPE", "CAST(national_id AS INTEGER) > 0")
    with pytest.raises(GateVoid, match="did not run") as raised:
        _check(season, parameters)
    assert "30901" not in str(raised.value)


def test_the_two_counts_must_be_equal(season, parameters, monkeypatch):
    monkeypatch.setattr(submission, "select_bad", lambda connection, rule: [])
    with pytest.raises(GateVoid, match="GX counts 1 bad rows, the addresses are 0"):
        _check(season, parameters)


def test_g05_a_failed_query_is_no_success_and_no_less_than_a_failed_error(season, parameters):
    """GX calls a warning "success = false" and nothing more; the gate keeps each finding's own weight."""
    weights = {f.rule: f.severity for f in _check(season, parameters).findings}
    assert weights["B03-ID-BIRTH-SEX"] == Severity.QUERY
    assert weights["B03-ID-SHAPE"] == Severity.ERROR


def test_results_of_gx_hold_counts_and_no_values(season, parameters):
    checks = suites.checks_of(compile_all([load("talents")], parameters), "typed")
    from great_expectations.core import ExpectationSuite

    suite = ExpectationSuite(name="t", expectations=[suites._expectation(each) for each in checks])
    with opened(season, ["typed.talents"]) as batches:
        outcome = batches.batch("typed.talents").validate(suite, result_format="BASIC")
    text = json.dumps([result.to_json_dict()["result"] for result in outcome.results], ensure_ascii=False)
    assert "observed_value" in text
    assert "Nông" not in text and "30901234" not in text


@pytest.mark.parametrize(
    "predicate", ["name = 'a:b'", "name = ':x'", "name LIKE '100%'", "regexp_full_match(name, 'a{2}')"]
)
def test_any_character_may_stand_in_a_predicate(tmp_path, predicate):
    path = tmp_path / "t.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE t AS SELECT unnest(['a:b', ':x', '100%', 'aa', 'b']) AS name")
    with opened(path, ["main.t"]) as batches:
        counted = suites.run_checks(batches, [suites.Check("c", Severity.ERROR, "main.t", predicate)], {"main.t": 5})
    assert counted["c"].bad == 1


def test_gx_that_looks_at_another_relation_is_noticed(season):
    check_one = suites.Check("c", Severity.ERROR, "typed.talents", "false")
    with opened(season, ["typed.talents"]) as batches, pytest.raises(GateVoid, match="GX saw 5 rows, we count 6"):
        suites.run_checks(batches, [check_one], {"typed.talents": 6})
    with opened(season, ["typed.talents"]) as batches:
        with pytest.raises(GateVoid, match="empty suite"):
            suites.run_checks(batches, [], {})
        with pytest.raises(GateVoid, match="one id"):
            suites.run_checks(batches, [check_one, check_one], {"typed.talents": 5})


def test_importing_the_gates_does_not_import_great_expectations():
    code = (
        "import sys, expectations.gates.submission, expectations.gates.canaries, expectations.gates.suites;"
        "sys.exit(any(name.split('.')[0] in ('great_expectations', 'pandas', 'duckdb') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
