"""V4: a new file is read, the others are taken over, and what comes out is what reading everything gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion import reading
from tests.inboxes import REGISTER, SNAPSHOT, Season, agency, csv_text, file_of, rows_of

CLOCKS = ("recorded_at", "received_at", "superseded_at")
TABLES = ("talents", "trainings", "inspections", "recruitment_register", "submissions", "findings", "form_returns")
NAMED = {"agency_code": "Sở Nội vụ"}


@pytest.fixture
def interpreted(monkeypatch) -> list[str]:
    """The names of the workbooks that were understood, as it happens."""
    names: list[str] = []

    def spied(parsed, *arguments, **options):
        names.append(parsed.file)
        return interpret(parsed, *arguments, **options)

    interpret = reading.interpret
    monkeypatch.setattr(reading, "interpret", spied)
    return names


def first_files(season: Season) -> None:
    season.put("SNV.xlsx", agency("SNV", "Sở Nội vụ", 1).with_values("talents", talent_group=None))
    season.put("STC.xlsx", agency("STC", "Sở Tài chính", 2).with_values("talents", started_on="cuối năm 2023"))
    season.put("hỏng.xlsx", b"PK\x03\x04")
    season.put("recruitment_register.csv", csv_text(rows_of(REGISTER, NAMED, {"decision_number": "13/QĐ"})))


def later_files(season: Season) -> None:
    season.put("STC-sua.xlsx", agency("STC", "Sở Tài chính", 2).with_values("talents", position="Trưởng phòng"))
    season.put("staff_snapshot_2025-06-30.csv", csv_text(rows_of(SNAPSHOT, NAMED)))


def told(report) -> list[tuple]:
    return [(f.file_name, f.version, f.outcome, f.rows_read, f.rows_accepted, f.findings) for f in report.files]


def rows(season: Season, table: str) -> list[dict]:
    found = [{k: v for k, v in row.items() if k not in CLOCKS} for row in season.rows(table)]
    return sorted(found, key=repr)


def test_a_corrected_workbook_beside_others_read_before_gives_the_same_as_all_at_once(tmp_path: Path, interpreted):
    instants = {"SNV": "2025-11-20T08:00:00+07:00", "STC": "2025-11-21T08:00:00+07:00"}
    season, whole = Season(tmp_path / "one"), Season(tmp_path / "two")
    first_files(season)
    season.journal(**instants)
    season.collect()
    later_files(season)
    season.journal(**instants, **{"STC-sua": "2025-11-24T08:00:00+07:00"})
    for path in season.home.inbox(2025).iterdir():
        whole.put(path.name, path.read_bytes())
    interpreted.clear()
    second = season.collect()
    assert interpreted == ["STC-sua.xlsx"]
    everything = whole.collect()
    assert sorted(told(second)) == sorted(told(everything))
    assert any(f.rule == "RR-AGENCY_CODE-AGENCY_NAMED" for f in file_of(second, "recruitment_register.csv").findings)
    assert file_of(second, "STC-sua.xlsx").version == 2
    for table in TABLES:
        assert rows(season, table) == rows(whole, table), table
    assert any(row["position"] == "Trưởng phòng" for row in rows(season, "talents"))


@pytest.mark.parametrize("spoil", ["rules", "cut", "gone"])
def test_everything_is_read_again_when_the_rules_are_others_or_nothing_can_be_taken_over(
    tmp_path: Path, interpreted, spoil: str
):
    season = Season(tmp_path)
    first_files(season)
    season.collect()
    kept = season.home.vault / "typed" / "2025.examined.json"
    if spoil == "rules":
        own = season.home.reference / "agency_aliases.csv"
        own.parent.mkdir()
        own.write_text(
            "alias,agency_code,valid_from,valid_to,reviewed_by,reviewed_on,verified,note\n", encoding="utf-8"
        )
    elif spoil == "cut":
        kept.write_bytes(kept.read_bytes()[:-200])
    else:
        (season.home.vault / "typed" / "2025.duckdb").unlink()
    later_files(season)
    interpreted.clear()
    season.collect()
    assert sorted(interpreted) == ["SNV.xlsx", "STC-sua.xlsx", "STC.xlsx"]
