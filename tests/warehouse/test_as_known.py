"""One filter says what a build may know (architecture.md decision 3): versions, late arrivals, answers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.warehouse.season import failures


@pytest.fixture(scope="module")
def staging(season_of_the_session: Any) -> Any:
    season = season_of_the_session
    season.reset()
    versions = (
        ("a", 1, "CQ01", "first", "2025-11-20T09:00:00+07:00", "2025-11-25T09:00:00+07:00"),
        ("b", 2, "CQ01", "second", "2025-11-25T09:00:00+07:00", "2025-12-02T09:00:00+07:00"),
        ("c", 3, "CQ01", "third", "2025-12-02T09:00:00+07:00", None),
        ("d", 1, "CQ02", "alone", "2025-11-30T23:59:59+07:00", None),
        ("e", 1, "CQ03", "tomorrow", "2025-11-30T17:00:00Z", None),
    )
    rivals = (
        ("f", 1, "CQ04", "stood until 08:00 of 01/12", "2025-11-30T09:00:00+07:00", "2025-12-01T08:00:00+07:00"),
        ("g", 2, "CQ04", "approved at 08:00 of 01/12", "2025-11-30T09:30:00+07:00", None),
        ("h", 3, "CQ04", "never approved", "2025-11-30T09:45:00+07:00", "2025-11-30T09:45:00+07:00"),
    )
    for submission, version, agency, number, arrived, superseded in (*versions, *rivals):
        same = {"submission_id": submission, "version": version, "agency_code": agency, "received_at": arrived}
        same |= {"recorded_at": arrived, "superseded_at": superseded}
        if submission == "g":
            same["counts_from"] = "2025-12-01T08:00:00+07:00"
        season.add("plans", 2025, [{"plan_number": number}], **same)
        season.add("submissions", 2025, [{"kind": "workbook", "outcome": "accepted"}], **same)
    for day in ("2025-11-29", "2025-12-01"):
        answer = {"agency_code": "CQ01", "rule": "B03-X", "explanation": day, "answered_at": f"{day}T08:00:00+07:00"}
        season.add("explanations", 2025, [answer])
    season.prepare(2025, "2025-11-30T23:59:59+07:00")
    (season.next / "warehouse.duckdb").unlink(missing_ok=True)
    chosen = ["stg_accepted__plans", "stg_accepted__submissions", "stg_accepted__explanations"]
    assert not failures(season.dbt("build", "--select", *chosen))
    return season


def test_a_version_counts_from_its_arrival_until_the_next(staging: Any) -> None:
    known = staging.query("select plan_number from staging.stg_accepted__plans where agency_code <> 'CQ04' order by 1")
    assert known == [("alone",), ("second",)]


def test_S15_of_rivals_the_one_that_stood_counts_as_known_before_the_approval(staging: Any) -> None:
    known = staging.query("select plan_number from staging.stg_accepted__plans where agency_code = 'CQ04'")
    assert known == [("stood until 08:00 of 01/12",)]


def test_ct06_submissions_keep_every_arrival(staging: Any) -> None:
    """A correction after the deadline does not undo the arrival in time (CQ17 of worked-examples 6)."""
    arrived = staging.query("select submission_id from staging.stg_accepted__submissions order by 1")
    assert arrived == [("a",), ("b",), ("d",), ("f",), ("g",), ("h",)]


def test_answers_are_known_by_their_day(staging: Any) -> None:
    assert staging.query("select explanation from staging.stg_accepted__explanations") == [("2025-11-29",)]
