"""Published figures of others, computed by our models: what was printed, what comes out, and where the two differ.

Lives here: Singer & Willett's teachers, and three Vietnamese figures (domain.md S21, S47, S48). Persons are invented,
only the counts are published. The cohorts of the NYPD are in `test_real_register.py`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from reporting.numbers import rounded, share, share_printed
from tests.warehouse.compiled import Project, Warehouse
from tests.warehouse.season import Season
from tests.warehouse.warehouse_tables import agency, table, talent

TEACHERS = """
year | employed | left | censored | survivor
1    | 3941     | 456  | 0        | .8843
2    | 3485     | 384  | 0        | .7869
3    | 3101     | 359  | 0        | .6958
4    | 2742     | 295  | 0        | .6209
5    | 2447     | 218  | 0        | .5656
6    | 2229     | 184  | 0        | .5189
7    | 2045     | 123  | 280      | .4877
8    | 1642     | 79   | 307      | .4642
9    | 1256     | 53   | 255      | .4446
10   | 948      | 35   | 265      | .4282
11   | 648      | 16   | 241      | .4177
12   | 391      | 5    | 386      | .4123
"""


def test_the_teachers_of_singer_and_willett(empty_warehouse: Warehouse) -> None:
    """Applied Longitudinal Data Analysis (2003), table 10.1: from days of entry and leaving to the mart; every year."""
    years = [(int(r["year"]), int(r["left"]), int(r["censored"])) for r in table(TEACHERS)]
    told = ", ".join(f"({year}, {left}, true), ({year}, {censored}, false)" for year, left, censored in years)
    with empty_warehouse.trying():
        empty_warehouse.con.execute(f"""
            create temp table teachers as
            select year || '-' || has_left || '-' || unnest(range(persons)) as person_key, year, has_left,
                as_of - 365 * (case when has_left then 12 else year end) as clock_on
            from (values {told}) as years (year, persons, has_left)
            cross join (select as_of from intermediate.int_build__years where is_reported)
        """)
        empty_warehouse.con.execute("""
            insert into intermediate.int_talents__spells by name
            select person_key, 0 as spell, clock_on, clock_on as decided_on, false as is_late, false as is_pre_plan
            from teachers
        """)
        empty_warehouse.con.execute("""
            insert into intermediate.int_talents__exits by name
            select person_key, clock_on + 365 * year as exit_on from teachers where has_left
        """)
        empty_warehouse.run(["int_talents__survival", "int_talents__curve", "fct_retention_curves"])
        curve = empty_warehouse.query("""
            select clock_day // 365, cohort_count, cohort_count - present_count, value from marts.fct_retention_curves
            where reading = 'kaplan_meier' order by 1
        """)
    printed = [(int(r["year"]), int(r["employed"]), int(r["left"]), Decimal(r["survivor"])) for r in table(TEACHERS)]
    assert [(year, at_risk, left, rounded(value / 100, 4)) for year, at_risk, left, value in curve] == printed


@pytest.fixture(scope="module")
def published(compiled_project: Project, season_of_the_session: Season) -> Any:
    """The three Vietnamese figures as rows of one year of one invented province."""
    season = Season(home=season_of_the_session.home, target=season_of_the_session.target)
    season.lists("agencies", [agency("LS", kind="province", is_reporting="no"), agency("SGDDT"), agency("SNV")])
    basis = {"code": "NQ15_LS", "counts_as_basis": "yes", "valid_from": "2018-01-01", "valid_to": "", "sort_order": 1}
    season.lists("legal_bases", [basis])
    _attracted_by_degree(season)
    _out_of_the_scheme(season)
    season.add("policy_grants", 2025, [{
        "agency_code": "SGDDT", "identity_key": "S21", "policy_code": "NQ15_THUHUT", "amount": 110,
        "decision_number": "1607/QĐ-UBND", "decided_on": "2025-07-14", "commitment_from": "2025-07-14",
        "commitment_months": 96}])  # fmt: skip
    warehouse = Warehouse(compiled_project)
    warehouse.fill(season, 2025, "2026-01-31T09:00:00+07:00")
    warehouse.run()
    return warehouse


def _attracted_by_degree(season: Season) -> None:
    """S47: two doctors, eight masters, twenty bachelors."""
    degrees = ["tien_si"] * 2 + ["thac_si"] * 8 + ["dai_hoc"] * 20
    for number, degree in enumerate(degrees):
        person = talent(f"TN{number}", "SNV", "2025-03-01", "2025-02-20") | {"degree": degree}
        season.add("talents", 2025, [person])


def _out_of_the_scheme(season: Season) -> None:
    """S48: 93 sponsored students out of the scheme; 40 resigned, 47 broke the contract of study, six neither."""
    for number in range(93):
        broke, resigned = number < 47, 47 <= number < 87
        season.add("policy_grants", 2025, [{
            "agency_code": "SNV", "identity_key": f"DN{number}", "policy_code": "NQ15_DAOTAO",
            "decision_number": f"{number}/QĐ", "decided_on": "2020-01-15", "amount": 500,
            "commitment_from": "2020-01-15", "commitment_months": 84,
            "breached_on": "2025-05-24" if broke else None}])  # fmt: skip
        season.add("departures", 2025, [{
            "identity_key": f"DN{number}", "agency_code": "SNV", "effective_on": "2025-05-24",
            "exit_reason": "thoi_viec" if resigned else "khac"}])  # fmt: skip


def test_thai_nguyen_shares_are_not_forced_to_a_hundred(published: Warehouse) -> None:
    """S47, table 2.5, the row of all years: 2, 8 and 20 of 30 persons, printed as 6,6 %, 26,7 % and 66,7 %.

    Ours: the same counts; 2/30 is 6,7, so the printed shares add up to 100,1 and none is forced down (D207).
    """
    closing = dict(
        published.query("""
        select category_code, closing from reports.rpt_annual__talents_in_service where criterion = 'degree'
    """)
    )
    assert closing == {"tien_si": 2, "thac_si": 8, "dai_hoc": 20}
    said = {degree: share_printed(count, sum(closing.values())) for degree, count in closing.items()}
    assert said == {"tien_si": "6,7%", "thac_si": "26,7%", "dai_hoc": "66,7%"}
    assert sum(rounded(share(count, 30), 1) for count in closing.values()) == Decimal("100.1")


def test_da_nang_resignations_and_breaches_are_two_facts(published: Warehouse) -> None:
    """S48: "Trong số 93 trường hợp … nay xin rút khỏi đề án, có 40 người xin nghỉ việc" (vtv8.vtv.vn, 24/5/2018).

    Others print 47 breaches of the contract beside it. Ours: 40/93 = 43,0 % by reason of leaving and 47/93 = 50,5 % by
    breach, from two forms, never added and never a rate of retention: the 93 are those who are out, not the cohort
    (domain.md § 1.4).
    """
    reasons = dict(published.query("select exit_reason, persons from reports.rpt_annual__departures"))
    assert reasons == {"thoi_viec": 40, "khac": 53}
    grants = published.query("""
        select count(*) filter (where is_breached), count(*), min(commitment_until) from marts.fct_policy_grants
        where policy_code = 'NQ15_DAOTAO'
    """)
    assert [(broken, all_of_them) for broken, all_of_them, _ in grants] == [(47, 93)]
    assert (share_printed(40, 93), share_printed(47, 93)) == ("43,0%", "50,5%")
    retention = published.query("""
        select max(denominator) from marts.fct_indicator_values where indicator_code = 'CT04'
    """)
    assert retention == [(0,)], "sponsored students are not in the cohort of the attracted"


def test_lang_son_grant_is_the_decision_s_amount(published: Warehouse) -> None:
    """S21: "tỉnh Lạng Sơn sẽ chi 110 triệu đồng …, mức hỗ trợ cơ bản là 100 triệu đồng, cộng thêm 10 triệu đồng … 10%".

    Decision 1607/QĐ-UBND of 14/7/2025 (phunuvietnam.vn, 17/7/2025). A translation of the same news prints 150 million
    (S21b): ours is what the decision says, one person, 110 million, bound for eight years.
    """
    said = published.query("select cases, amount from reports.rpt_annual__policy_grants where measure = 'thu_hut'")
    assert said == [(1, Decimal("110.0000"))]
    until = published.query("select commitment_until from marts.fct_policy_grants where policy_code = 'NQ15_THUHUT'")
    assert str(until[0][0]) == "2033-07-14"
