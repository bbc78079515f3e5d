"""worked-examples Part A through the whole warehouse: accepted rows in, `marts.fct_indicator_values` out.

Lives here: what must come out of `worked_rows.py`. Expected numbers are the dossier's, never our own output.
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
from tests.warehouse.season import Season
from tests.warehouse.warehouse_tables import figures
from tests.warehouse.worked_rows import fill_lists, fill_rows


@pytest.fixture(scope="module")
def marts(season_of_the_session: Any) -> Any:
    season = season_of_the_session
    season.reset()
    fill_lists(season)
    fill_rows(season)
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


def test_the_semantic_layer_says_what_the_mart_says(marts: Any, season_of_the_session: Season) -> None:
    """`mf query` equals the mart: every indicator and year of the province, and of every body by its name."""
    codes = [f"CT0{number}" for number in range(1, 8)]
    asked = query(season_of_the_session, [code.lower() for code in codes], ["figure__reporting_year"])
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

    of_bodies = query(season_of_the_session, ["ct02_of_agencies"], ["figure__reporting_year", "agency__official_code"])
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


def test_the_questions_of_the_dictionary_are_answered_by_the_marts_as_they_are(
    marts: Any, season_of_the_session: Season
) -> None:
    """An analyst's afternoon: the queries that data-dictionary.html begins with run on marts.duckdb unchanged."""
    answers = {}
    with duckdb.connect() as connection:
        connection.execute(f"attach '{season_of_the_session.next / 'warehouse.duckdb'}' as marts (read_only)")
        for question in mart_dictionary.questions():
            answers[question.text.en] = connection.execute(question.sql).fetchall()
    by_year, merged, rows = answers.values()
    assert next(row[1:3] for row in by_year if row[0] == 2025) == (2, 22)  # worked-examples 2
    assert {len(row) for row in merged} <= {8} and rows
