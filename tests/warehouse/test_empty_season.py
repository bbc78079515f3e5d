"""A season in which nobody sent anything builds, says so, and lives without the files it was made from."""

from __future__ import annotations

import time
from typing import Any

import pytest

SECONDS_FOR_A_SMALL_BUILD = 60
"""On an idle two-core machine about 15 s; the test only guards against something quadratic."""


@pytest.fixture(scope="module")
def empty(season_of_the_session: Any) -> Any:
    season = season_of_the_session
    season.reset()
    started = time.monotonic()
    season.build_or_fail(2025, "2026-01-15T09:00:00+07:00", unit_tests=True)
    season.seconds = time.monotonic() - started
    return season


def test_all_models_unit_tests_and_promises_pass_on_nothing(empty: Any) -> None:
    assert empty.seconds < 4 * SECONDS_FOR_A_SMALL_BUILD


def test_silence_is_not_zero(empty: Any) -> None:
    """No list of talents came: CT02 cannot be judged, CT06 counts who owed, CT04 is not due."""
    rows = dict(
        empty.query("""
        select indicator_code, verdict from marts.fct_indicator_values
        where is_headline and agency_code = 'LS' and structure_on = 'as_reported' and reporting_year = 2025
    """)
    )
    assert rows == {"CT01": "not_computable", "CT02": "not_computable", "CT03": "no_target", "CT04": "not_due",
                    "CT05": "not_computable", "CT06": "no_target", "CT07": "not_due", "BS01": "no_target",
                    "BS02": "no_target"}  # fmt: skip
    owed = empty.query("select agencies_owed, agencies_missing from reports.rpt_annual__header")
    assert owed == [(80, 80)]
    assert empty.query("select distinct outcome from marts.fct_submissions") == [("not_submitted",)]


def test_value_of_nobody_is_null_never_zero_or_hundred(empty: Any) -> None:
    wrong = "select count(*) from marts.fct_indicator_values where denominator = 0 and value is not null"
    assert empty.query(wrong) == [(0,)]


def test_decision_4_the_warehouse_lives_without_accepted(empty: Any) -> None:
    """architecture.md decision 4: nothing in warehouse.duckdb reads a file outside it."""
    away = empty.home / "accepted-away"
    empty.accepted.rename(away)
    reference = empty.next / "reference"
    reference.rename(empty.next / "reference-away")
    try:
        relations = empty.query("""
            select table_schema || '."' || table_name || '"' from information_schema.tables
            where table_schema in ('staging', 'intermediate', 'marts', 'reports', 'reference')
        """)
        assert len(relations) > 120
        for (relation,) in relations:
            empty.query(f"select * from {relation} limit 1")
    finally:
        away.rename(empty.accepted)
        (empty.next / "reference-away").rename(reference)
