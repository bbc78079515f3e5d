"""Rows S02, S07–S09 of faults.md for registers: repetition, correction of a past year, merged bodies, codes reused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import duckdb
import pytest

from tests.inboxes import NOW, REGISTER, SNAPSHOT, Season, csv_text, file_of, rows_of

COURSE = {
    "record_id": "1", "national_id": "003190000777", "course_name": "Tin học", "training_kind": "boi_duong",
    "training_level": "ngan_han", "training_field": "CNTT", "is_science_technology": "co", "started_on": "2025-03-01",
    "completed_on": "2025-03-04", "hours": "8", "result": "hoan_thanh",
}  # fmt: skip
ASSIGNMENT = {
    "national_id": "003190000777", "from_agency_code": "H189", "to_agency_code": "06613", "effective_on": "2025-07-01",
    "decision_number": "3/QĐ-UBND",
}  # fmt: skip
COVERAGE = {
    "deciding_agency_code": "SNV", "agency_code": "STC", "period_from": "2025-01-01", "period_to": "2025-12-31",
    "is_complete": "co",
}  # fmt: skip
REGISTERS: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "recruitment_register": ("RR", REGISTER, {"status": "huy"}),
    "training_records": ("TR", COURSE, {"result": "khong_hoan_thanh"}),
    "person_assignments": ("PA", ASSIGNMENT, {"to_agency_code": "06625"}),
    "register_coverage": ("RC", COVERAGE, {"is_complete": "khong"}),
}


def said(season: Season, dataset: str, rows: list[dict[str, str]]) -> tuple[set[tuple[str, str, int]], list[int]]:
    """Rule, severity and row of what is not a note, and the accepted rows by number."""
    season.put(f"{dataset}.csv", csv_text(rows))
    result = file_of(season.collect(), f"{dataset}.csv")
    found = {(f.rule, str(f.severity), f.row) for f in result.findings if "KEY" in f.rule}
    return found, [row["row"] for row in season.rows(dataset, '"row"')]


@pytest.mark.parametrize("dataset", REGISTERS)
def test_S02_exact_copies_count_once_and_of_rows_that_differ_none_is_taken(dataset: str, tmp_path):
    code, row, change = REGISTERS[dataset]
    copies, taken = said(Season(tmp_path / "copies"), dataset, [row, row])
    assert (copies, taken) == ({(f"{code}-KEY-UNIQUE", "error", 3)}, [2])
    differing, none = said(Season(tmp_path / "differing"), dataset, [row, {**row, **change}, row])
    assert none == []
    assert differing == {
        (f"{code}-KEY-CONFLICT", "error", 2), (f"{code}-KEY-UNIQUE", "error", 3), (f"{code}-KEY-UNIQUE", "error", 4),
    }  # fmt: skip


def test_S02_another_key_is_no_conflict_and_files_are_not_compared(season: Season):
    other = {**REGISTER, "national_id": "003190000778", "status": "huy"}
    season.put("recruitment_register_b.csv", csv_text([{**REGISTER, "status": "huy"}]))
    assert said(season, "recruitment_register", [REGISTER, other]) == (set(), [2, 2, 3])


def test_S02_a_person_twice_in_a_list_is_kept_and_asked_about(season: Season):
    found, taken = said(season, "staff_snapshots", rows_of(SNAPSHOT, {}, {"agency_code": "STC"}))
    assert (found, taken) == ({("SS-KEY-UNIQUE", "query", 3)}, [2, 3])


def known_at(season: Season, instant: str) -> list[Any]:
    """Decision numbers as known at an instant: arrived by then, and not yet superseded."""
    select = """
        SELECT decision_number FROM read_parquet(?, hive_partitioning=false)
        WHERE received_at <= ?::TIMESTAMPTZ AND (superseded_at IS NULL OR superseded_at > ?::TIMESTAMPTZ) ORDER BY ALL
    """
    path = str(season.home.accepted("recruitment_register", season.year))
    return [number for (number,) in duckdb.execute(select, [path, instant, instant]).fetchall()]


def test_S07_a_register_of_a_closed_year_corrected_later_leaves_what_was_known_then(season: Season):
    """The season of 2025 closed; a corrected register comes in March 2026: both vintages can be asked for."""
    season.put("recruitment_register.csv", csv_text(rows_of(REGISTER, {}, {"decision_number": "13/QĐ-SNV"})))
    season.collect(now=NOW)
    season.put("recruitment_register.csv", csv_text(rows_of(REGISTER, {}, {"decision_number": "14/QĐ-SNV"})))
    later = datetime.fromisoformat("2026-03-02T09:00:00+07:00")
    result = next(one for one in season.collect(now=later).files if one.version == 2)
    assert result.outcome == "accepted"
    assert known_at(season, "2025-12-31T23:59:59+07:00") == ["12/QĐ-SNV", "13/QĐ-SNV"]
    assert known_at(season, "2026-03-31T00:00:00+07:00") == ["12/QĐ-SNV", "14/QĐ-SNV"]


def test_S08_a_merged_body_and_its_successor_may_each_speak_of_their_own_days(season: Season):
    """Sở KH&ĐT went into Sở Tài chính on 01/03/2025: its last decision and list count, one of a later day does not."""
    row = {**REGISTER, "decided_on": "2025-02-20", "effective_on": "2025-02-25", "agency_code": "SKHDT"}
    after = {"effective_on": "2025-04-15", "decided_on": "2025-04-02", "decision_number": "13/QĐ-SNV"}
    rows = [row, {**row, **after, "agency_code": "STC"}, {**row, **after, "decision_number": "14/QĐ-SNV"}]
    season.put(
        "staff_snapshot_2025-02-28.csv", csv_text([{**SNAPSHOT, "snapshot_on": "2025-02-28", "agency_code": "SKHDT"}])
    )
    season.put(
        "staff_snapshot_2025-03-31.csv", csv_text([{**SNAPSHOT, "snapshot_on": "2025-03-31", "agency_code": "STC"}])
    )
    season.put("recruitment_register.csv", csv_text(rows))
    report = season.collect()
    errors = [(f.rule, f.row) for f in file_of(report, "recruitment_register.csv").findings if f.severity == "error"]
    assert errors == [("RR-AGENCY-DAY", 4)]
    assert [row["agency_code"] for row in season.rows("staff_snapshots", "snapshot_on")] == ["SKHDT", "STC"]


def test_S09_a_code_that_is_used_again_is_each_days_own_body_and_an_unknown_one_is_refused(season: Season):
    """SKHCN ended and began on 01/03/2025 under one code; nobody was ever called KHONG_CO."""
    days = {"2025-02-28": "SKHCN", "2025-03-31": "SKHCN", "2025-06-30": "KHONG_CO"}
    rows = [{**SNAPSHOT, "snapshot_on": day, "agency_code": code} for day, code in days.items()]
    season.put("staff_snapshots.csv", csv_text(rows))
    result = file_of(season.collect(), "staff_snapshots.csv")
    assert [(f.rule, f.row) for f in result.findings if f.severity == "error"] == [("SS-AGENCY-DAY", 4)]
    assert [str(row["snapshot_on"]) for row in season.rows("staff_snapshots", "snapshot_on")] == [
        "2025-02-28",
        "2025-03-31",
    ]
