"""1.1 million snapshot rows that nobody here wrote, through the layouts of examples/register-nypd, no code of theirs.

The figures are those of ../shared/data/README.md.
"""

import shutil
from pathlib import Path

import duckdb
import pytest

from tests.inboxes import Season, file_of

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT.parent / "shared" / "data" / "register-nypd"
SNAPSHOTS, COURSES = "monthly_officer_snapshots_deid.parquet", "training_register_deid.csv.gz"

pytestmark = [
    pytest.mark.season,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"the public register is not at {DATA}"),
]


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    season = Season(tmp_path_factory.mktemp("nypd") / "home", year=2024)
    season.home.sample_marker.unlink()
    shutil.copytree(ROOT / "examples" / "register-nypd" / "reference", season.home.reference)
    for name in (SNAPSHOTS, COURSES):
        shutil.copyfile(DATA / name, season.home.inbox(2024) / name)
    return season, season.collect()


def counts(report, name: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for finding in file_of(report, name).findings:
        found[finding.rule] = found.get(finding.rule, 0) + 1
    return found


def test_every_row_is_taken(collected):
    _, report = collected
    rows = {one.file_name: (one.kind, one.rows_read, one.rows_accepted) for one in report.files}
    assert rows == {
        SNAPSHOTS: ("staff_snapshots", 1_135_244, 1_135_244),
        COURSES: ("training_records", 108_171, 108_171),
    }


def test_nothing_odd_is_hidden(collected):
    season, report = collected
    found = counts(report, SNAPSHOTS)
    assert (found["SS-KEY-UNIQUE"], found["SS-GAP"]) == (310, 1)
    said = [finding.message for finding in file_of(report, SNAPSHOTS).findings]
    assert any("Thiếu 3 kỳ danh sách giữa ngày 28/02/2022 và ngày 30/06/2022" in text for text in said)
    assert any("2453 người bắt đầu làm việc năm 2021 đến danh sách ngày 30/06/2022" in text for text in said)
    returned = [finding.row for finding in file_of(report, SNAPSHOTS).findings if finding.rule == "SS-RETURNED"]
    with duckdb.connect() as connection:
        path = str(season.home.accepted("staff_snapshots", 2024))
        sql = 'SELECT count(DISTINCT identity_key) FROM read_parquet(?) WHERE list_contains(?, "row")'
        assert connection.execute(sql, [path, returned]).fetchone()[0] == 740


def test_the_closed_cohorts_are_those_of_the_publisher(collected):
    season, _ = collected
    sql = """
        WITH s AS (SELECT * FROM read_parquet(?)),
        cohort AS (
            SELECT identity_key, year(min(started_on)) AS y FROM s WHERE snapshot_on = DATE '2021-05-31' GROUP BY 1)
        SELECT y, snapshot_on, count(DISTINCT s.identity_key) FROM cohort JOIN s USING (identity_key)
        WHERE y IN (2016, 2019)
            AND snapshot_on IN ('2021-05-31', '2021-12-31', '2022-12-31', '2023-12-31', '2024-05-31')
        GROUP BY ALL ORDER BY ALL
    """
    with duckdb.connect() as connection:
        rows = connection.execute(sql, [str(season.home.accepted("staff_snapshots", 2024))]).fetchall()
    lines = {year: [n for y, _, n in rows if y == year] for year in (2016, 2019)}
    assert lines == {2016: [2187, 2083, 1959, 1876, 1856], 2019: [1706, 1624, 1466, 1383, 1343]}


def test_what_is_not_collected_is_nowhere_in_accepted(collected):
    season, _ = collected
    with duckdb.connect() as connection:
        described = connection.execute(
            "DESCRIBE SELECT * FROM read_parquet(?)", [str(season.home.accepted("staff_snapshots", 2024))]
        ).fetchall()
        columns = {row[0] for row in described}
        words = connection.execute(
            "SELECT count(*) FROM read_parquet(?) WHERE identity_key LIKE 'O%'",
            [str(season.home.accepted("staff_snapshots", 2024))],
        ).fetchone()[0]
    assert not columns & {"ethnicity", "rank", "officer_key", "national_id", "full_name"}
    assert words == 0
