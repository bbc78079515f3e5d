"""Gate 2 on a small warehouse: open on a good year, closed by every promise that is broken (G03, G06, G08, R13)."""

import json
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from expectations.gates import printed, publication, year_canaries
from expectations.gates.publication import Verdict, review
from expectations.indicators.load import all_indicators
from tests.expectations.year_warehouse import YearWarehouse

TESTS = {"unique_key_fct_indicator_values": "pass", "unique_key_fct_submissions": "pass"}


@pytest.fixture
def year(tmp_path: Path) -> YearWarehouse:
    return YearWarehouse(tmp_path / "warehouse.duckdb")


def judged(year: YearWarehouse, **change) -> Verdict:
    asked = {"expected_agencies": ["SNV", "STC"], "recount": year.recount(), "dbt_tests": TESTS, **change}
    return review(year.path, all_indicators(), **asked)


def rules(verdict: Verdict) -> dict[str, int]:
    return dict(Counter(finding.rule for finding in verdict.findings))


def test_a_good_year_is_open_and_twenty_poisons_were_caught(year, capfd):
    verdict = judged(year)
    assert (rules(verdict), verdict.open) == ({}, True)
    assert verdict.poisons_caught >= 20
    assert verdict.checks_run == 18
    with duckdb.connect(str(year.path)) as connection:
        connection.execute("CREATE TABLE free_again (i INTEGER)")
    assert capfd.readouterr() == ("", "")


def test_S04_pairs_that_nobody_decided_are_a_note(year):
    verdict = judged(year, undecided=2)
    assert (rules(verdict), verdict.open) == ({"YEAR-PERSON-PAIRS": 1}, True)
    assert verdict.findings[0].message.startswith("2 cặp số định danh")


FIGURE = "UPDATE marts.fct_indicator_values SET {} WHERE indicator_code = 'CT05'"
BROKEN = {
    "YEAR-NUMERATOR-EXCEEDS": FIGURE.format("numerator = 4, value = NULL"),
    "YEAR-ABOVE-100": FIGURE.format("value = 133.3333, denominator = NULL, numerator = NULL"),
    "YEAR-VALUE": FIGURE.format("value = 33.4"),
    "YEAR-EMPTY-DENOMINATOR": "UPDATE marts.fct_indicator_values SET value = 100 WHERE indicator_code = 'CT04'",
    "YEAR-BOUNDS": FIGURE.format("lower_bound = 40"),
    "YEAR-VERDICT": FIGURE.format("verdict = 'met', target_value = 60, shortfall = 0"),
    "YEAR-KEY": "INSERT INTO marts.fct_indicator_values FROM marts.fct_indicator_values WHERE indicator_code = 'CT06'",
    "YEAR-SUM": "UPDATE marts.fct_indicator_values SET numerator = 1, value = 5 WHERE agency_code = 'SNV'",
    "YEAR-CONSERVED": FIGURE.format("numerator = 2, value = 66.6667") + " AND structure_on = '2025-12-31'",
    "YEAR-INDICATOR-MISSING": "DELETE FROM marts.fct_indicator_values WHERE indicator_code = 'CT01'",
    "YEAR-AGENCY-MISSING": "UPDATE marts.fct_submissions SET first_accepted_at = NULL WHERE agency_code = 'STC'",
    "YEAR-AGENCIES-FEWER": "DELETE FROM marts.fct_submissions WHERE agency_code = 'STC'",
    "YEAR-OPEN-QUERY": "UPDATE marts.fct_findings SET is_explained = false",
    "YEAR-OPEN-QUERY-REGISTER": "UPDATE marts.fct_findings SET is_explained = false, agency_code = NULL",
    "YEAR-REGISTER-DUPLICATE": "INSERT INTO staging.stg_accepted__recruitment_register SELECT * REPLACE ('r2' AS"
    " submission_id) FROM staging.stg_accepted__recruitment_register",
    "YEAR-CORRECTION-OWED": "UPDATE marts.fct_findings SET rule = 'B06-UNIT-SUSPECT'",
    "YEAR-B02-REGISTER": "UPDATE marts.fct_recruitment_controls SET summary_count = 21",
    "YEAR-EMPTY": "DELETE FROM marts.fct_submissions",
    "YEAR-GATE-VOID": "INSERT INTO staging.stg_build__parameters FROM staging.stg_build__parameters",
    "YEAR-GATE-EXCEPTION": "DROP TABLE marts.fct_findings",
}


@pytest.mark.parametrize("rule", BROKEN)
def test_each_broken_promise_closes_the_gate_by_its_own_rule(year, rule):
    year.sql(BROKEN[rule])
    verdict = judged(year)
    assert not verdict.open
    assert rule in rules(verdict)


def test_an_agency_that_will_not_report_is_listed_and_does_not_close(year):
    year.sql(BROKEN["YEAR-AGENCY-MISSING"])
    year.sql(
        "INSERT INTO staging.stg_accepted__explanations (agency_code, rule, explanation, reporting_year)"
        " VALUES ('STC', 'YEAR-AGENCY-MISSING', 'Giải thể', 2025)"
    )
    assert judged(year).open
    year.sql("UPDATE staging.stg_accepted__explanations SET explanation = ' '")
    assert not judged(year).open


ALIAS = (
    "INSERT INTO staging.stg_accepted__recruitment_register SELECT * REPLACE ('r2' AS submission_id,"
    " {} AS deciding_agency_code) FROM staging.stg_accepted__recruitment_register"
)


def test_a_decision_under_another_name_of_the_same_body_is_the_same_decision(year):
    year.sql(ALIAS.format("'Sở Nội vụ tỉnh'"))
    assert rules(judged(year)) == {"YEAR-REGISTER-DUPLICATE": 2}


def test_the_same_number_of_another_body_is_another_decision(year):
    year.sql(ALIAS.format("'SGDDT'"))
    assert judged(year).open


RECRUITED_BEFORE = (
    "INSERT INTO staging.stg_accepted__recruitment_register (submission_id, deciding_agency_code, decision_number,"
    " decided_on, effective_on, status)"
    " VALUES ('r0', 'STC', '{}/QĐ-STC', DATE '2024-03-01', DATE '2024-03-15', 'hieu_luc')"
)
ENDS_SILENCE = {
    "register": "INSERT INTO staging.stg_accepted__recruitment_register (submission_id, deciding_agency_code,"
    " decision_number, decided_on, effective_on, status) VALUES ('r2', 'stc', '9/QĐ', '2025-03-01', '2025-03-15',"
    " 'huy')",
    "coverage": "INSERT INTO staging.stg_accepted__register_coverage (deciding_agency_code, period_to)"
    " VALUES ('STC', DATE '2025-12-31')",
    "explanation": "INSERT INTO staging.stg_accepted__explanations (agency_code, rule, explanation, reporting_year)"
    " VALUES ('stc', 'YEAR-REGISTER-SILENT', 'Cả năm không tuyển dụng', 2025)",
    "end of the body": "UPDATE marts.dim_agencies SET agency_code = 'stc', valid_to = DATE '2025-07-01'"
    " WHERE agency_code = 'STC'",
}


@pytest.mark.parametrize("word", ENDS_SILENCE)
def test_S10_an_authority_that_recruited_last_year_and_sends_nothing_is_asked_until_it_speaks(year, word):
    year.sql(RECRUITED_BEFORE.format(1))
    year.sql(RECRUITED_BEFORE.format(2))
    verdict = judged(year)
    (finding,) = verdict.findings
    assert (verdict.open, finding.rule, finding.severity) == (False, "YEAR-REGISTER-SILENT", "query")
    assert "có 2 quyết định tuyển dụng năm trước" in finding.message
    year.sql(ENDS_SILENCE[word])
    assert judged(year).open


def test_an_explanation_does_not_lift_what_only_a_correction_can(year):
    year.sql(BROKEN["YEAR-CORRECTION-OWED"])
    (finding,) = judged(year).findings
    assert (finding.rule, finding.severity, finding.agency_code) == ("YEAR-CORRECTION-OWED", "error", "SNV")
    assert "B06-UNIT-SUSPECT" in finding.message


def test_a_total_that_differs_from_the_register_is_a_query_until_it_is_explained(year):
    year.sql(BROKEN["YEAR-B02-REGISTER"])
    verdict = judged(year)
    (finding,) = verdict.findings
    assert (verdict.open, finding.severity, finding.agency_code) == (False, "query", "SNV")
    assert finding.message.startswith("Sở SNV, Xét tuyển, vien_chuc (B02: 21, sổ: 20)")
    year.sql(
        "INSERT INTO staging.stg_accepted__explanations (agency_code, rule, explanation, reporting_year)"
        " VALUES ('SNV', 'YEAR-B02-REGISTER', 'Đã đối chiếu', 2025)"
    )
    assert judged(year).open


@pytest.mark.parametrize(("rejected", "is_open"), [(0, False), (1, True)])
def test_a_line_that_is_not_in_b02_counts_as_none_unless_an_error_kept_rows_out(year, rejected, is_open):
    year.sql("UPDATE marts.fct_recruitment_controls SET summary_count = NULL")
    year.sql(f"UPDATE marts.fct_forms SET rows_rejected = {rejected}")
    assert judged(year).open is is_open


def test_open_queries_are_told_by_agency_and_rule_with_their_number(year):
    year.sql("INSERT INTO marts.fct_findings SELECT * REPLACE (false AS is_explained) FROM marts.fct_findings")
    year.sql("INSERT INTO marts.fct_findings FROM marts.fct_findings WHERE NOT is_explained")
    (finding,) = judged(year).findings
    assert finding.message == "Sở SNV: 2 nội dung theo quy tắc B03-ID-BIRTH-SEX chưa được sửa hoặc giải trình"
    assert (finding.agency_code, finding.severity) == ("SNV", "query")


def test_a_jump_is_told_and_does_not_close(year):
    year.sql(
        "INSERT INTO marts.fct_indicator_values SELECT * REPLACE (2024 AS reporting_year, 0 AS numerator, 0 AS value)"
        " FROM marts.fct_indicator_values WHERE indicator_code = 'CT05'"
    )
    verdict = judged(year)
    assert (verdict.open, rules(verdict)) == (True, {"YEAR-JUMP": 1})


@pytest.mark.parametrize(
    "tests", [{}, {"unique_key_fct_submissions": "pass"}, TESTS | {"x": "fail"}, TESTS | {"x": "warn"}]
)
def test_g06_dbt_tests_that_failed_warned_or_never_ran_close_the_gate(year, tests):
    verdict = judged(year, dbt_tests=tests)
    assert not verdict.open
    assert "YEAR-DBT-TESTS" in rules(verdict)


def test_the_recount_must_be_there_and_agree(year):
    recount = year.recount()
    assert rules(judged(year, recount=None)) == {"YEAR-RECOUNT-MISSING": 14}
    assert "YEAR-RECOUNT-MISSING" in rules(judged(year, recount=recount[1:]))
    one = next(row for row in recount if row["agency_code"] == "SNV")
    changed = [row | {"numerator": row["numerator"] + 1} if row == one else row for row in recount]
    verdict = judged(year, recount=changed)
    assert not verdict.open
    (finding,) = verdict.findings
    assert finding.message.startswith("CT02/annual_persons/2025/KY_LICH/SNV@as_reported: tính lại độc lập được 3/20")
    extra = [*recount, one | {"agency_code": "SXD", "numerator": 1, "denominator": 1}]
    assert rules(judged(year, recount=extra)) == {"YEAR-RECOUNT": 1}


def test_nobody_owing_is_not_everybody_reporting(year):
    assert not judged(year, expected_agencies=[]).open
    assert not judged(year, expected_agencies=["SNV", "STC", "SXD"]).open


def test_g08_no_warehouse_and_no_check_close_the_gate(year, tmp_path, monkeypatch):
    missing = review(tmp_path / "none.duckdb", all_indicators(), expected_agencies=["SNV"], recount=[], dbt_tests=TESTS)
    assert (missing.open, rules(missing)) == (False, {"YEAR-GATE-EXCEPTION": 1})
    assert not (tmp_path / "none.duckdb").exists()
    monkeypatch.setattr(publication, "year_checks", lambda year: [])
    assert not judged(year).open


def test_r13_a_check_that_lets_a_poison_pass_voids_the_verdict(year, monkeypatch):
    real = publication.year_checks
    monkeypatch.setattr(publication, "year_checks", lambda year: [c for c in real(year) if c.check.id != "YEAR-SUM"])
    verdict = judged(year)
    assert (verdict.open, rules(verdict)) == (False, {"YEAR-GATE-VOID": 1})


def test_findings_name_no_person(year):
    year.sql("INSERT INTO marts.fct_findings SELECT * REPLACE (false AS is_explained) FROM marts.fct_findings")
    text = json.dumps([finding.to_json() for finding in judged(year).findings])
    assert "identity" not in text and "person" not in text


def test_the_file_of_canaries_names_no_check_that_does_not_exist(year):
    checks = publication.year_checks(2025)
    assert year_canaries.prove(year.path, checks, 2025) >= 20


def test_annex_nine_counted_differently_closes_the_gate(year):
    """One number changed, one that nobody printed: both are named with what the recount gives."""
    with duckdb.connect(str(year.path)) as connection:
        connection.execute("CREATE SCHEMA reports")
        for name, (key, numbers) in printed._MODELS.items():
            named = ["criterion", "category_code"] if name == "talent_networks" else [key]
            fields = [f"{one} VARCHAR" for one in named] + [f"{one} BIGINT" for one in numbers]
            connection.execute(f"CREATE TABLE reports.rpt_annual__{name} ({', '.join(fields)})")
        connection.execute("INSERT INTO reports.rpt_annual__violations VALUES ('can_tro', 6, 2), ('khac', NULL, NULL)")
        connection.execute("INSERT INTO reports.rpt_annual__talent_networks VALUES ('tu_van', 'LV05', 5, 2)")
    again = [
        {"table": "violations", "row": "can_tro", "column": "received", "count": 6},
        {"table": "violations", "row": "can_tro", "column": "handled", "count": 2},
        {"table": "talent_networks", "row": "tu_van/LV05", "column": "people", "count": 5},
        {"table": "talent_networks", "row": "tu_van/LV05", "column": "contacted", "count": 2},
    ]
    assert judged(year, printed=again).open
    again[0]["count"] = 7
    again.append({"table": "nominations", "row": "mttq", "column": "proposed", "count": 3})
    verdict = judged(year, printed=again)
    assert (rules(verdict), verdict.open) == ({"YEAR-RECOUNT": 2}, False)
    assert sorted(finding.message.partition(":")[0] for finding in verdict.findings) == [
        "Số in nominations/mttq/proposed",
        "Số in violations/can_tro/received",
    ]
