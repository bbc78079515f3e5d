"""A register nobody here wrote: 1.1 million snapshot rows of 36,775 people, months missing, people who come back.

Expected numbers are those of shared/data/README.md (cohorts by year of appointment); says so aloud where it is absent.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.transform import NOT_BUILT
from tests.warehouse.season import ROOT, failures

SHARED = ROOT.parent / "shared" / "data" / "register-nypd" / "monthly_officer_snapshots_deid.parquet"
SECONDS = 120
"""A few seconds for the two staff models on an idle machine; the limit leaves room for a busy one."""


@pytest.fixture(scope="module")
def curves(season_of_the_session: Any) -> Any:
    if not SHARED.exists():
        pytest.skip(f"the real register is not here: {SHARED}")
    season = season_of_the_session
    season.reset()
    season.prepare(2024, "2024-12-31T09:00:00+07:00")
    _write_snapshots(season, season.accepted / "staff_snapshots" / "reporting_year=2024" / "data.parquet")
    (season.next / "warehouse.duckdb").unlink(missing_ok=True)
    started = time.monotonic()
    result = season.dbt("build", *NOT_BUILT)
    season.seconds = time.monotonic() - started
    assert not failures(result)
    season.slow = {r.node.name: r.execution_time for r in result.result}
    return season


def _write_snapshots(season: Any, path: Path) -> None:
    """The public file in the columns of accepted `staff_snapshots`."""
    given = {
        "snapshot_on": "cast(snapshot_date as date)",
        "identity_key": "sha256(officer_key)",
        "agency_code": "'SNV'",
        "staff_kind": "'cong_chuc'",
        "status": "'dang_lam_viec'",
        "started_on": "cast(strptime(appt_date, '%m/%d/%Y') as date)",
        "submission_id": "'nypd'",
        "version": "1",
        "received_at": "timestamptz '2024-08-01 08:00:00+07'",
        "recorded_at": "timestamptz '2024-08-01 08:00:00+07'",
        "rule_version": "'r'",
        "row": "row_number() over ()",
    }
    columns = season.datasets["staff_snapshots"].columns
    chosen = ", ".join(f'cast({given.get(name, "null")} as {kind}) as "{name}"' for name, kind in columns)
    with duckdb.connect() as con:
        con.execute(f"copy (select {chosen} from '{SHARED}') to '{path}' (format parquet)")


@pytest.mark.parametrize(
    ("cohort", "persons", "present"),
    [
        (2016, 2187, {"2021-12-31": 2083, "2022-12-31": 1959, "2023-12-31": 1876, "2024-05-31": 1856}),
        (2019, 1706, {"2021-12-31": 1624, "2022-12-31": 1466, "2023-12-31": 1383, "2024-05-31": 1343}),
    ],
)
def test_present_on_date_gives_the_lines_of_the_readme(
    curves: Any, cohort: int, persons: int, present: dict[str, int]
) -> None:
    days = ", ".join(f"date '{day}'" for day in present)
    rows = curves.query(f"""
        select cast(evaluated_on as varchar), present_count, cohort_count from marts.fct_retention_curves
        where population = 'staff' and reading = 'present_on_date' and cohort_year = {cohort}
            and evaluated_on in ({days})
    """)
    assert {day: count for day, count, _ in rows} == present
    assert {size for _, _, size in rows} == {persons}


def test_continuous_service_is_never_more_than_presence(curves: Any) -> None:
    """People who vanish from a list and return stand in the one reading and not in the other (740 in the file)."""
    rows = curves.query("""
        select sum(case when reading = 'present_on_date' then present_count end),
            sum(case when reading = 'continuous' then present_count end)
        from marts.fct_retention_curves
        where population = 'staff' and evaluated_on = date '2024-05-31'
    """)
    present, continuous = rows[0]
    assert 0 < present - continuous < 1000


def test_a_million_rows_take_seconds(curves: Any) -> None:
    """310 duplicate person-months are counted once: 1,135,244 rows are 1,134,934 person-snapshots."""
    assert curves.seconds < SECONDS
    counted = curves.query("select sum(persons_count) from marts.fct_staff_in_service")[0][0]
    assert counted == 1_135_244 - 310
