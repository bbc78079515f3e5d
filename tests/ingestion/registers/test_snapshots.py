"""What a file of several snapshots says beyond its rows: holes, late batches, people who come back, repetitions.

Persons A…: six month-ends, March is missing, B is absent in May, twenty people of 2024 first appear in June.
"""

from datetime import date, timedelta

import pytest

from tests.inboxes import SNAPSHOT, Season, csv_text, file_of, rows_of

MONTHS = ("2025-01-31", "2025-02-28", "2025-04-30", "2025-05-31", "2025-06-30", "2025-07-31")


def person(number: int) -> str:
    return f"003190{number:06d}"


def months(number: int, present: tuple[str, ...], started_on: str = "2020-05-04") -> list[dict[str, str]]:
    changes = ({"snapshot_on": m, "national_id": person(number), "started_on": started_on} for m in present)
    return rows_of(SNAPSHOT, *changes)


@pytest.fixture
def collected(season: Season):
    rows = months(1, MONTHS) + months(2, tuple(m for m in MONTHS if m != "2025-05-31"))
    for late in range(10, 30):
        rows += months(late, MONTHS[4:], "2024-09-02")
    rows += months(40, MONTHS[4:], "2023-01-02") + months(41, MONTHS[4:], "2025-06-15")
    rows += months(1, MONTHS[:1])
    season.put("staff_snapshots.csv", csv_text(rows))
    return season, file_of(season.collect(), "staff_snapshots.csv")


def told(result, rule: str) -> list[tuple]:
    return [(f.severity, f.row, f.message) for f in result.findings if f.rule == rule]


def test_a_hole_in_the_rhythm_is_one_query(collected):
    severity, _, message = told(collected[1], "SS-GAP")[0]
    assert len(told(collected[1], "SS-GAP")) == 1
    assert severity == "query"
    assert "Thiếu 1 kỳ danh sách giữa ngày 28/02/2025 và ngày 30/04/2025" in message


def test_a_late_batch_is_one_query_with_its_size_and_the_few_others_a_note(collected):
    batch, rest = told(collected[1], "SS-LATE-BATCH"), told(collected[1], "SS-LATE-PERSONS")
    assert [s for s, _, _ in batch + rest] == ["query", "note"]
    assert "20 người bắt đầu làm việc năm 2024 đến danh sách ngày 30/06/2025" in batch[0][2]
    assert "1 người đã bắt đầu làm việc trước danh sách liền trước" in rest[0][2]


def test_who_comes_back_is_a_note_at_the_row_of_the_return(collected):
    ((severity, row, message),) = told(collected[1], "SS-RETURNED")
    assert (severity, row) == ("note", 11)  # header, six rows of A, January, February, April of B, then June
    assert "danh sách ngày 30/04/2025, vắng 1 kỳ, rồi có lại trong danh sách ngày 30/06/2025" in message


def test_a_person_twice_on_one_day_is_a_query_and_both_rows_stay(collected):
    season, result = collected
    last_row = 1 + 6 + 5 + 20 * 2 + 2 * 2 + 1
    assert [(s, r) for s, r, _ in told(result, "SS-KEY-UNIQUE")] == [("query", last_row)]
    assert (result.rows_read, result.rows_rejected) == (56, 0)
    assert len(season.rows("staff_snapshots")) == 56


def test_one_day_a_file_has_no_rhythm(season: Season):
    for year in (2023, 2024):
        day = date(year, 12, 31)
        rows = rows_of(SNAPSHOT, {"snapshot_on": str(day), "started_on": str(day - timedelta(days=900))})
        season.put(f"staff_snapshot_{day}.csv", csv_text(rows))
    assert all(not result.findings for result in season.collect().files)
