"""worked-examples Part A through the whole warehouse: accepted rows in, `marts.fct_indicator_values` out.

Lives here: the tables of sections 1, 2, 4 to 7, re-typed. Expected numbers are the dossier's, never our own output.
The reorganisation of section 8 is in `test_reorganisation.py`; single steps are dbt unit tests beside the models.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import duckdb
import pytest

from expectations.render import mart_dictionary
from tests.warehouse.compiled import Project, Warehouse
from tests.warehouse.metricflow import query
from tests.warehouse.warehouse_tables import agency, figures, obligations, recruit, table, talent

BASES = [
    {"code": code, "counts_as_basis": "yes", "valid_from": since, "valid_to": until, "sort_order": 1}
    for code, since, until in (
        ("ND179_N2_SV", "2025-01-01", ""),
        ("ND179_N1", "2025-01-01", ""),
        ("ND179_N3", "2025-01-01", ""),
        ("NQ15_LS", "2018-01-01", ""),
    )
]


CT01 = """
agency | valid_from | valid_to   | plan_number | issued_on
A1     | 2010-01-01 | –          | 12/KH-CQ01  | 2024-03-15
A2     | 2010-01-01 | –          | 07/KH-CQ02  | 2024-03-31
A3     | 2010-01-01 | –          | 31/KH-CQ03  | 2024-04-01
A4     | 2010-01-01 | –          | 09/KH-CQ04  | –
A5     | 2010-01-01 | 2025-03-01 | –           | –
A6     | 2010-01-01 | –          | –           | 2024-03-20
A7     | 2010-01-01 | 2025-07-01 | 05/KH-CQ07  | 2024-02-10
A8     | 2025-03-01 | –          | 44/KH-CQ08  | 2025-05-20
"""

CT02_REGISTER = """
person | agency | effective_on | staff_kind | form | first_time | status
P2     | B1     | 2025-03-10   | vien_chuc  | XT   | yes        | hieu_luc
P3     | B2     | 2025-04-01   | vien_chuc  | XT   | yes        | hieu_luc
P3     | B3     | 2025-09-01   | vien_chuc  | XT   | no         | hieu_luc
P4     | B2     | 2025-05-05   | cong_chuc  | TN   | no         | hieu_luc
P5     | B3     | 2025-06-01   | hop_dong   | HD   | yes        | hieu_luc
P6     | B3     | 2025-07-01   | vien_chuc  | XT   | yes        | huy
P7     | B1     | 2025-12-20   | vien_chuc  | XT   | yes        | hieu_luc
P8     | B2     | 2024-12-05   | vien_chuc  | XT   | yes        | hieu_luc
"""

CT02_TALENTS = """
person | legal_basis | decided_on | started_on | left_on
P2     | ND179_N2_SV | 2025-03-01 | 2025-03-10 | 2025-12-30
P4     | ND179_N1    | 2025-11-20 | 2025-05-05 | 2025-12-30
P5     | ND179_N3    | 2025-05-20 | 2025-06-01 | 2025-12-30
P6     | ND179_N2_SV | 2025-06-15 | 2025-07-01 | 2025-12-30
P7     | –           | –          | 2025-12-20 | 2025-12-30
P8     | NQ15_LS     | 2024-11-30 | 2024-12-05 | 2024-12-30
"""

CT05_TALENTS = """
person | talent_since | decided | sector | exit_on
U1     | 2024-03-01   | yes     | LV01   | –
U2     | 2024-05-01   | yes     | LV04   | –
U3     | 2025-01-01   | yes     | LV01   | –
U4     | 2024-09-01   | yes     | LV02   | –
U5     | 2024-01-10   | yes     | LV06   | –
U6     | 2024-02-01   | yes     | LV01   | 2025-10-01
U7     | 2024-04-01   | yes     | LV04   | –
U8     | 2024-06-01   | no      | LV02   | –
"""

CT05_TRAININGS = """
person | completed_on | field | hours
U1     | 2025-05-10   | CNTT  | 16
U2     | 2024-06-30   | CNTT  | 80
U3     | 2025-08-01   | LLCT  | 40
U4     | 2024-08-20   | CNTT  | 60
U5     | 2026-01-05   | CNTT  | 24
U6     | 2025-03-03   | CNTT  | 24
U6     | 2025-07-07   | KTCN  | 24
U7     | 2025-09-09   | CXD   | 24
U8     | 2025-04-04   | CNTT  | 24
"""

CT06_AGENCIES = """
agency | owes_from  | owes_to
CQ11   | 2024-01-01 | –
CQ12   | 2024-01-01 | –
CQ13   | 2024-01-01 | –
CQ14   | 2024-01-01 | –
CQ15   | 2025-07-01 | –
CQ16   | 2025-07-01 | –
CQ17   | 2025-03-01 | –
CQ18   | 2024-01-01 | –
CQ19   | 2024-01-01 | 2025-07-01
"""

CT06_SUBMISSIONS = """
agency | arrived_at                | document_date | outcome
CQ11   | 2025-11-20T09:00:00+07:00 | 2025-11-19    | accepted
CQ12   | 2025-11-29T23:59:59+07:00 | 2025-11-28    | accepted
CQ13   | 2025-11-29T17:30:00Z      | 2025-11-29    | accepted_with_queries
CQ14   | 2025-11-25T10:00:00+07:00 | 2025-11-24    | rejected
CQ14   | 2025-12-02T08:00:00+07:00 | 2025-12-01    | accepted
CQ15   | 2025-11-28T15:00:00+07:00 | 2025-11-27    | accepted
CQ17   | 2025-11-27T16:00:00+07:00 | 2025-11-26    | accepted
CQ17   | 2025-12-05T16:00:00+07:00 | 2025-12-05    | accepted
CQ18   | 2025-12-03T09:00:00+07:00 | 2025-11-28    | accepted
"""


def _lists(season: Any) -> None:
    plans, reports = table(CT01), table(CT06_AGENCIES)
    bodies = [agency("LS", kind="province", is_reporting="no")]
    bodies += [agency(r["agency"], valid_from=r["valid_from"], valid_to=r["valid_to"]) for r in plans]
    bodies += [agency("A9", kind="commune", valid_from="2025-07-01"), agency("U", kind="unit")]
    bodies += [agency("B1"), agency("B2", kind="district"), agency("B3")]
    bodies += [agency(r["agency"], valid_from=r["owes_from"], valid_to=r["owes_to"]) for r in reports]
    season.lists("agencies", bodies)
    season.lists(
        "agency_successions",
        [{"predecessor_code": "A5", "successor_code": "A8", "effective_on": "2025-03-01", "kind": "sap_nhap"}],
    )
    season.lists("legal_bases", BASES)
    season.lists("obligations", obligations({
        "B01": [(r["agency"], "2024-01-01", "") for r in plans],
        "cover": [(r["agency"], r["owes_from"], r["owes_to"] or "") for r in reports]}))  # fmt: skip


def _rows(season: Any) -> None:
    _plans_and_recruits(season)
    _trainings(season)
    for row in table(CT06_SUBMISSIONS):
        season.send(2025, row["agency"], row["arrived_at"], row["outcome"], document_date=row["document_date"])
    season.steps += [
        {"reporting_year": year, "event": event, "happened_on": day, "recorded_at": f"{day}T10:00:00+07:00"}
        for year, event, day in ((2024, "submitted_to_ubnd", "2024-12-06"), (2024, "signed", "2024-12-10"),
                                 (2025, "submitted_to_ubnd", "2025-12-09"), (2025, "signed", "2025-12-12"))
    ]  # fmt: skip


def _plans_and_recruits(season: Any) -> None:
    for row in table(CT01):
        year = 2025 if row["agency"] == "A8" else 2024
        season.send(year, row["agency"], f"{year}-06-01T08:00:00+07:00", forms={"B01": "filled"})
        if row["plan_number"] or row["issued_on"]:
            plan = {"agency_code": row["agency"], "plan_number": row["plan_number"], "issued_on": row["issued_on"]}
            season.add("plans", year, [plan], submission_id=f"{row['agency']}-{year}-1")
    register = [{"person": f"F{i:02}", "agency": "B1", "effective_on": "2025-01-15", "staff_kind": "vien_chuc",
                 "form": "XT", "first_time": "yes", "status": "hieu_luc"} for i in range(1, 19)]  # fmt: skip
    for number, row in enumerate(register + table(CT02_REGISTER)):
        season.add("recruitment_register", int(row["effective_on"][:4]), [recruit(number, **row)])
    for row in table(CT02_TALENTS):
        year = int(row["started_on"][:4])
        route = "trong_dung" if row["person"] == "P4" else "thu_hut"
        season.add("talents", year, [talent(
            row["person"], "B1", started_on=row["started_on"], decided_on=row["decided_on"], route=route,
            legal_basis=row["legal_basis"])])  # fmt: skip
        season.add("departures", year, [{"identity_key": row["person"], "agency_code": "B1",
                                         "exit_reason": "thoi_viec", "effective_on": row["left_on"]}])  # fmt: skip


def _trainings(season: Any) -> None:
    for row in table(CT05_TALENTS):
        since = row["talent_since"]
        decided = since if row["decided"] == "yes" else None
        listed = {"started_on": since, "decided_on": decided, "legal_basis": "NQ15_LS", "sector": row["sector"]}
        season.add("talents", int(since[:4]), [talent(row["person"], "U", **listed)])
        if row["exit_on"]:
            season.add("departures", 2025, [{"identity_key": row["person"], "agency_code": "U",
                                             "exit_reason": "thoi_viec", "effective_on": row["exit_on"]}])  # fmt: skip
    for row in table(CT05_TRAININGS):
        season.add("trainings", int(row["completed_on"][:4]), [{
            "identity_key": row["person"], "agency_code": "U", "course_name": f"Khóa {row['completed_on']}",
            "started_on": row["completed_on"], "completed_on": row["completed_on"], "training_kind": "boi_duong",
            "training_field": row["field"], "hours": row["hours"], "result": "hoan_thanh"}])  # fmt: skip


@pytest.fixture(scope="module")
def marts(season_of_the_session: Any) -> Any:
    season = season_of_the_session
    season.reset()
    _lists(season)
    _rows(season)
    season.build_or_fail(2026, "2027-01-31T09:00:00+07:00")
    return season


def test_compiled_sql_says_what_dbt_builds(marts: Any, compiled_project: Project) -> None:
    """`compiled.py` stands in for dbt in property tests and mutants: every one of the models is equal, row by row."""
    warehouse = Warehouse(compiled_project)
    warehouse.fill(marts, 2026, "2027-01-31T09:00:00+07:00")
    warehouse.run()
    assert warehouse.differs_from(marts.next / "warehouse.duckdb") == []
    assert warehouse.failing_tests() == []


def test_ct01_roster_is_fixed_and_successors_give_credit(marts: Any) -> None:
    found = figures(marts, "CT01")
    expected = """
    reading        | reporting_year | agency_code | n | N | value   | verdict   | shortfall
    on_time        | 2024           | LS          | 3 | 7 | 42.8571 | not_met   | 4
    on_time        | 2025           | LS          | 3 | 7 | 42.8571 | not_met   | 4
    to_date        | 2024           | LS          | 4 | 7 | 57.1429 | no_target | –
    to_date        | 2025           | LS          | 5 | 7 | 71.4286 | no_target | –
    current_roster | 2025           | LS          | 4 | 6 | 66.6667 | no_target | –
    on_time        | 2025           | A1          | 1 | 1 | 100     | met       | 0
    on_time        | 2025           | A3          | 0 | 1 | 0       | not_met   | 1
    """
    found.must_hold(expected)
    assert not found.has(reading="on_time", agency_code="A9"), "a commune never owed a plan: no row, not 0 %"
    assert found.row(reading="on_time", reporting_year=2025, agency_code="LS")["upper_bound"] == Decimal("57.1429")


def test_ct02_every_reading(marts: Any) -> None:
    figures(marts, "CT02").must_hold("""
    reading            | period_code | reporting_year | agency_code | n | N  | value   | verdict   | shortfall
    annual_persons     | KY_LICH     | 2025           | LS          | 2 | 22 | 9.0909  | not_met   | 1
    annual_persons     | KY_LICH     | 2025           | B1          | 1 | 20 | 5       | no_target | –
    annual_persons     | KY_LICH     | 2025           | B2          | 1 | 1  | 100     | no_target | –
    annual_persons     | KY_LICH     | 2025           | B3          | 0 | 1  | 0       | no_target | –
    annual_persons     | KY_KH       | 2025           | LS          | 3 | 22 | 13.6364 | met       | 0
    annual_persons     | KY_ND09     | 2025           | LS          | 2 | 21 | 9.5238  | not_met   | 1
    cumulative_persons | LUY_KE      | 2025           | LS          | 3 | 23 | 13.0435 | met       | 0
    annual_persons     | KY_LICH     | 2024           | LS          | 1 | 1  | 100     | no_target | –
    annual_cases       | KY_LICH     | 2025           | LS          | 2 | 23 | 8.6957  | not_met   | 1
    first_time         | KY_LICH     | 2025           | LS          | 1 | 21 | 4.7619  | not_met   | 2
    with_contracts     | KY_LICH     | 2025           | LS          | 3 | 23 | 13.0435 | met       | 0
    broad              | KY_LICH     | 2025           | LS          | 3 | 22 | 13.6364 | met       | 0
    provincial_only    | KY_LICH     | 2025           | LS          | 1 | 21 | 4.7619  | not_met   | 2
    """)


def test_ct03_has_the_same_counts_and_no_target_yet(marts: Any) -> None:
    figures(marts, "CT03").must_hold("""
    reading | reporting_year | agency_code | n | N  | verdict        | shortfall
    tu_2030 | 2025           | LS          | 2 | 22 | no_target      | –
    tu_2026 | 2025           | LS          | 2 | 22 | no_target      | –
    tu_2026 | 2026           | LS          | 0 | 0  | not_computable | –
    tu_2030 | 2026           | B2          | 0 | 0  | no_target      | –
    """)


def test_ct05_every_reading(marts: Any) -> None:
    figures(marts, "CT05").must_hold("""
    reading      | reporting_year | agency_code | n | N | lower_bound | upper_bound | value   | verdict   | shortfall
    reading_a    | 2025           | LS          | 2 | 6 | 33.3333     | 50          | 33.3333 | met       | 0
    reading_b    | 2025           | LS          | 2 | 3 | 66.6667     | 66.6667     | 66.6667 | met       | 0
    broad        | 2025           | LS          | 3 | 7 | 42.8571     | 57.1429     | 42.8571 | met       | 0
    in_year      | 2025           | LS          | 1 | 6 | 16.6667     | 33.3333     | 16.6667 | not_met   | 1
    min_40_hours | 2025           | LS          | 1 | 6 | 16.6667     | 16.6667     | 16.6667 | not_met   | 1
    reading_a    | 2024           | LS          | 1 | 6 | 16.6667     | 16.6667     | 16.6667 | no_target | –
    reading_a    | 2026           | LS          | 3 | 6 | 50          | 66.6667     | 50      | no_target | –
    """)


def test_ct05_persons_and_times(marts: Any) -> None:
    counted = marts.query("""
        select year(completed_on), count(*), count(distinct person_key) from marts.fct_trainings
        where is_talent_on_day and is_completed and year(completed_on) <= 2025 group by 1 order by 1
    """)
    assert counted == [(2024, 1, 1), (2025, 5, 4)]


def test_ct06_and_ct07(marts: Any) -> None:
    figures(marts, "CT06").must_hold("""
    reading            | reporting_year | agency_code | n | N | value | verdict
    arrived_and_taken  | 2025           | LS          | 4 | 8 | 50    | no_target
    deadline_inclusive | 2025           | LS          | 5 | 8 | 62.5  | no_target
    arrived_any        | 2025           | LS          | 5 | 8 | 62.5  | no_target
    document_date      | 2025           | LS          | 6 | 8 | 75    | no_target
    to_date            | 2025           | LS          | 7 | 8 | 87.5  | no_target
    arrived_and_taken  | 2025           | CQ12        | 1 | 1 | 100   | met
    arrived_and_taken  | 2025           | CQ14        | 0 | 1 | 0     | not_met
    """)
    figures(marts, "CT07").must_hold("""
    reading          | reporting_year | agency_code | n | N | verdict
    signed           | 2024           | LS          | 1 | 1 | met
    signed           | 2025           | LS          | 0 | 1 | not_met
    signed_inclusive | 2025           | LS          | 1 | 1 | met
    draft_submitted  | 2025           | LS          | 1 | 1 | met
    signed           | 2026           | LS          | 0 | 1 | not_due
    """)


def test_a_figure_leads_to_its_rows(marts: Any) -> None:
    rows = marts.query("""
        select role, dataset, count(*) from marts.brg_figure_rows
        where indicator_code = 'CT02' and reporting_year = 2025 and agency_code = 'LS' and structure_on = 'as_reported'
        group by all order by all
    """)
    assert rows == [("denominator", "recruitment_register", 22), ("numerator", "talents", 2)]


def test_the_semantic_layer_says_what_the_mart_says(marts: Any) -> None:
    """`mf query` equals the mart: every indicator and year of the province, and of every body by its name."""
    codes = [f"CT0{number}" for number in range(1, 8)]
    asked = query(marts, [code.lower() for code in codes], ["figure__reporting_year"])
    said = {
        (code, int(row["figure__reporting_year"])): float(row[code.lower()])
        for row in asked
        for code in codes
        if row[code.lower()]
    }
    shown = "is_headline and structure_on = 'as_reported' and denominator > 0"
    counted = marts.query(
        f"select indicator_code, reporting_year, numerator, denominator from marts.fct_indicator_values "
        f"where agency_code = 'LS' and {shown} and indicator_code like 'CT%'"
    )
    assert said == {(code, year): n / of for code, year, n, of in counted}
    assert said["CT02", 2025] == 2 / 22  # worked-examples 2
    assert {code for code, _ in said} == set(codes) - {"CT04"}, "no cohort is five years old"

    of_bodies = query(marts, ["ct02_of_agencies"], ["figure__reporting_year", "agency__official_code"])
    found = {
        (row["agency__official_code"], int(row["figure__reporting_year"])): float(row["ct02_of_agencies"])
        for row in of_bodies
        if row["ct02_of_agencies"]
    }
    counted = marts.query(
        f"select official_code, reporting_year, numerator, denominator from marts.fct_indicator_values "
        f"join marts.dim_agencies using (agency_code) where agency_code <> 'LS' and {shown} and indicator_code = 'CT02'"
    )
    assert found == {(code, year): n / of for code, year, n, of in counted} and found


def test_the_questions_of_the_dictionary_are_answered_by_the_marts_as_they_are(marts: Any) -> None:
    """An analyst's afternoon: the queries that data-dictionary.html begins with run on marts.duckdb unchanged."""
    answers = {}
    with duckdb.connect() as connection:
        connection.execute(f"attach '{marts.next / 'warehouse.duckdb'}' as marts (read_only)")
        for question in mart_dictionary.questions():
            answers[question.text.en] = connection.execute(question.sql).fetchall()
    by_year, merged, rows = answers.values()
    assert next(row[1:3] for row in by_year if row[0] == 2025) == (2, 22)  # worked-examples 2
    assert {len(row) for row in merged} <= {8} and rows
