"""X10 in annex IX and the grants: what goes, what goes with it, what two forms count (algorithm: test_disclosure)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reporting.disclosure import HIDDEN, protect
from reporting.totals import with_totals
from reporting.warehouse import Report, read_report
from tests.reporting import report_tables


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return read_report(report_tables.write(tmp_path_factory.mktemp("affairs") / "warehouse.duckdb"))


def test_annex_nine_withholds_small_persons_but_not_collectives_or_news(report: Report) -> None:
    """typical_year.COMMENDATIONS by hand: 1 person goes, and of 36 and 8 the cheaper one with it; 45 is the total."""
    public = protect(with_totals(report))
    persons = {row["commendation_kind"]: row["persons"] for row in public.commendations}
    assert persons == {"ALL": 45, "huan_chuong": 0, "bang_khen": HIDDEN, "giay_khen": 36, "khac": HIDDEN}
    assert {row["commendation_kind"]: row["collectives"] for row in public.commendations}["khac"] == 1
    assert public.communications == with_totals(report).communications


def test_a_small_total_that_the_report_does_not_owe_goes_too(report: Report) -> None:
    public = protect(with_totals(report))
    pools = {(row["criterion"], row["category_code"]): row for row in public.talent_networks}
    assert pools["tu_van", "ALL"]["people"] is HIDDEN and pools["tu_van", "LV05"]["people"] is HIDDEN
    assert pools["overseas_country", "ALL"]["people"] == 32 and pools["hoc_sinh_gioi", "ALL"]["people"] is None
    few = [
        row | {"received": 2 * (i == 0), "handled": 0} for i, row in enumerate(report_tables.affairs()["violations"])
    ]
    total = protect(with_totals(replace(report, violations=tuple(few)))).violations[0]
    assert total["received"] is HIDDEN


def test_one_row_and_its_total_show_the_same(report: Report) -> None:
    """Ten of twelve were called upon: who was not are two, so that ten goes, in both rows; twelve is no secret."""
    pool = {"criterion": "x", "criterion_label_vi": "x", "category_label_vi": "x", "people": 12, "contacted": 10}
    pair = tuple(pool | {"category_code": code} for code in ("ALL", "LV99"))
    public = protect(replace(report, talent_networks=pair)).talent_networks
    assert [(row["people"], row["contacted"]) for row in public] == [(12, HIDDEN), (12, HIDDEN)]


def test_a_total_shows_no_part_that_only_one_row_has(report: Report) -> None:
    """Handled 1 of 15: the total says neither 1 nor, with the rows around it, lets it be computed."""
    one = [row | {"handled": int(i == 0)} for i, row in enumerate(report_tables.affairs()["violations"])]
    total = protect(with_totals(replace(report, violations=tuple(one)))).violations[0]
    assert (total["received"], total["handled"]) == (15, HIDDEN)


def test_money_of_one_person_goes_with_the_person(report: Report) -> None:
    grants = [
        row | ({"cases": 1} if row["measure"] == "thu_hoi" else {}) for row in report_tables.affairs()["policy_grants"]
    ]
    public = {row["measure"]: row for row in protect(replace(report, policy_grants=tuple(grants))).policy_grants}
    assert public["thu_hoi"]["cases"] is HIDDEN and public["thu_hoi"]["amount"] is HIDDEN
    assert public["thu_hut"]["cases"] == 13


@pytest.mark.parametrize(("own", "output", "shown"), [(7, 7, True), (2, 7, False), (7, 2, False)])
def test_what_two_forms_count_is_withheld_in_both(report: Report, own: int, output: int, shown: bool) -> None:
    """Self-nominations stand in annex IX (B08) and in annex VI (B07b): one of them would tell the other."""
    nominations = tuple(
        row
        | (
            {"proposed": own, "accepted": own, "refused": 0, "pending": 0}
            if row["nomination_source"] == "tu_tien_cu"
            else {}
        )
        for row in report_tables.affairs()["nominations"]
    )
    tasks = tuple(row | ({"actual": output} if row["output_code"] == "II.3-TU" else {}) for row in report.tasks)
    public = protect(with_totals(replace(report, nominations=nominations, tasks=tasks)))
    printed = next(row["actual"] for row in public.tasks if row["output_code"] == "II.3-TU")
    assert printed == (output if shown else HIDDEN)
