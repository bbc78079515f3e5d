"""Kinds that no file shows alone: versions, two agencies, last year beside this one. D014, D023, D085, D252, D253."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingestion.collected import CollectReport
from tests.builders import Submission, submission
from tests.inboxes import Season, agency, file_of

BEFORE = {
    "started_on": date(2024, 3, 13),
    "attraction_decided_on": date(2024, 2, 1),
    "recognised_on": date(2024, 3, 1),
}
GONE, STAYED, FORGOTTEN = "003190000005", "003190000001", "003190000012"


def snv_of_2024() -> Submission:
    made = agency("SNV", "Sở Nội vụ", 1, "departures", year=2024).cover(figures_as_of=date(2024, 11, 20))
    made.with_values("talents", **BEFORE)
    for number in (GONE, FORGOTTEN):
        made.row("talents", national_id=number, full_name="Lương Thị Giả", **BEFORE)
    return made.with_values("departures", national_id=GONE, effective_on=date(2024, 8, 13))


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Season:
    root: Path = tmp_path_factory.mktemp("collected") / "home"
    last = Season(root, year=2024)
    last.put("SNV.xlsx", snv_of_2024())
    last.journal(SNV="2024-11-25T08:00:00+07:00")
    last.collect()
    this = last.next_year()
    snv = agency("SNV", "Sở Nội vụ", 1).row("talents", national_id=GONE, full_name="Lương Thị Giả", **BEFORE)
    this.put("SNV.xlsx", snv)
    this.put("STC.xlsx", agency("STC", "Sở Tài chính", 2).row("talents", national_id=STAYED))
    first = agency("SYT", "Sở Y tế", 3).workbook()
    this.put("SYT.xlsx", first)
    this.put("SXD.xlsx", first)
    this.put("SYT sua lan 2 (1).xlsx", agency("SYT", "Sở Y tế", 3).row("talents", national_id="003190000033"))
    names = ("SNV", "SYT", "SXD", "SYT sua lan 2 (1)", "STC")
    this.journal(**{name: f"2025-11-2{day}T08:00:00+07:00" for day, name in enumerate(names)})
    return this


@pytest.fixture(scope="module")
def report(season: Season) -> CollectReport:
    return season.collect()


def said(report: CollectReport, name: str, rule: str) -> list[tuple[str, str | None, str]]:
    return [(str(f.severity), f.sheet, f.message) for f in file_of(report, name).findings if f.rule == rule]


def test_D014_the_newer_of_two_files_counts_and_the_other_is_kept(season: Season, report: CollectReport):
    newer = file_of(report, "SYT sua lan 2 (1).xlsx")
    assert newer.outcome != "rejected"
    rows = [row for row in season.rows("talents") if row["agency_code"] == "SYT"]
    assert sorted(row["superseded_at"] is None for row in rows) == [False, True, True]


def test_D023_the_bytes_of_another_agency_are_that_agencys(report: CollectReport):
    assert {one.file_name for one in report.files} & {"SYT.xlsx", "SXD.xlsx"} != {"SYT.xlsx", "SXD.xlsx"}
    kept = next(one for one in report.files if one.file_name in ("SYT.xlsx", "SXD.xlsx"))
    assert (kept.agency_code, len(kept.same_content)) == ("SYT", 1)
    assert [note.rule for note in report.notes if note.file in kept.same_content] == ["TEP-TRUNG"]


def test_D085_who_was_listed_and_is_gone_without_a_word_is_asked_for(report: CollectReport):
    ((severity, sheet, message),) = said(report, "SNV.xlsx", "B03-DISAPPEARED")
    assert (severity, sheet) == ("query", "B03") and "1 người" in message


def test_D252_who_left_last_year_and_is_listed_as_before_is_asked_about(report: CollectReport):
    ((severity, sheet, message),) = said(report, "SNV.xlsx", "B03-LEFT-LAST-YEAR")
    assert (severity, sheet) == ("query", "B03") and "1 người" in message
    assert not said(report, "STC.xlsx", "B03-LEFT-LAST-YEAR")


def test_D253_who_is_on_two_lists_is_told_to_the_later_sender(report: CollectReport):
    ((severity, sheet, message),) = said(report, "STC.xlsx", "B03-TWO-AGENCIES")
    assert (severity, sheet) == ("note", "B03") and "1 người" in message and "Sở Nội vụ" in message
    assert not said(report, "SNV.xlsx", "B03-TWO-AGENCIES")


def test_D252_who_came_back_with_a_new_start_is_no_contradiction(tmp_path: Path):
    last = Season(tmp_path / "home", year=2024)
    last.put("SNV.xlsx", snv_of_2024())
    last.journal(SNV="2024-11-25T08:00:00+07:00")
    last.collect()
    this = last.next_year()
    this.put("SNV.xlsx", submission("talents").with_values("talents", national_id=GONE))
    assert not said(this.collect(), "SNV.xlsx", "B03-LEFT-LAST-YEAR")
