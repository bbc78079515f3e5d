"""Which files of an inbox are taken. F03, F04, F21, F22: nothing is opened that is not a whole, regular file."""

import os
from pathlib import Path

from ingestion.inbox import scan, shown
from tests.builders import submission
from tests.inboxes import Season, file_of


def names(folder: Path, **options) -> list[str]:
    return [file.name for file in scan(folder, quiet_seconds=0.0, **options).files]


def test_the_journal_explanations_lock_files_and_dotfiles_are_no_submissions(tmp_path):
    for name in ("arrivals.csv", "explanations.csv", "~$SNV.xlsx", ".SNV.xlsx.part", "SNV.xlsx"):
        (tmp_path / name).write_bytes(b"PK")
    assert names(tmp_path) == ["SNV.xlsx"]


def test_an_inbox_that_is_not_there_is_empty(tmp_path):
    assert scan(tmp_path / "none").files == []


def test_F22_links_pipes_and_folders_are_passed_by_with_a_note(tmp_path):
    (tmp_path / "that.xlsx").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    found = scan(tmp_path)
    assert found.files == []
    assert {one.name: one.reason for one in found.skipped} == {
        "that.xlsx": "TEP-LIEN_KET",
        "pipe.xlsx": "TEP-KHONG_PHAI_TEP",
        "folder.xlsx": "TEP-KHONG_PHAI_TEP",
    }


def test_F22_a_workbook_of_two_gigabytes_is_not_landed(tmp_path):
    with (tmp_path / "big.xlsx").open("wb") as stream:
        stream.truncate(2 << 30)
    found = scan(tmp_path)
    assert (found.files, [one.reason for one in found.skipped]) == ([], ["TEP-QUA_LON"])


def test_F22_more_files_than_a_round_takes_wait_for_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr("ingestion.inbox.MAX_FILES", 3)
    for number in range(5):
        (tmp_path / f"{number}.xlsx").write_bytes(b"PK")
    found = scan(tmp_path, quiet_seconds=0.0)
    assert [file.name for file in found.files] == ["0.xlsx", "1.xlsx", "2.xlsx"]
    assert {one.reason for one in found.skipped} == {"TEP-QUA_NHIEU"}


def test_F22_collecting_goes_on_beside_them_and_says_so(season: Season):
    season.put("SNV.xlsx", submission("talents"))
    os.mkfifo(season.home.inbox(2025) / "a.xlsx")
    (season.home.inbox(2025) / "b.xlsx").symlink_to("/etc/shadow")
    report = season.collect()
    assert file_of(report, "SNV.xlsx").outcome != "rejected"
    assert {note.file: note.rule for note in report.notes} == {"a.xlsx": "TEP-KHONG_PHAI_TEP", "b.xlsx": "TEP-LIEN_KET"}
    assert len(report.files) == 1


def test_F04_a_growing_workbook_waits_for_the_next_round(tmp_path):
    whole = submission("talents").workbook()
    path = tmp_path / "SNV.xlsx"
    path.write_bytes(whole[:4000])

    def copy_goes_on(_seconds: float) -> None:
        path.write_bytes(whole[:9000])

    found = scan(tmp_path, sleep=copy_goes_on)
    assert (found.files, [one.reason for one in found.skipped]) == ([], ["TEP-DANG_GHI"])
    path.write_bytes(whole)
    assert [file.name for file in scan(tmp_path).files] == ["SNV.xlsx"]


def test_F03_an_empty_file_is_taken_after_the_quiet_period_and_refused(season: Season):
    season.put("SNV.xlsx", b"")
    waited = []
    assert [f.name for f in scan(season.home.inbox(2025), sleep=waited.append).files] == ["SNV.xlsx"]
    assert 9 < waited[0] <= 10
    result = file_of(season.collect(), "SNV.xlsx")
    assert (result.outcome, [found.rule for found in result.findings]) == ("rejected", ["TEP-RONG"])


def test_a_whole_file_is_taken_at_once(tmp_path):
    (tmp_path / "SNV.xlsx").write_bytes(submission("talents").workbook())
    (tmp_path / "recruitment_register.csv").write_text("decision_number\n1\n")
    waited = []
    assert len(scan(tmp_path, sleep=waited.append).files) == 2
    assert waited == []


def test_F21_a_name_is_shown_with_its_traps_escaped():
    assert shown("SNV\u202exslx.exe") == "SNV\\u202exslx.exe"
    assert shown("Sở Nội vụ.xlsx") == "Sở Nội vụ.xlsx"  # NFD from macOS
    assert shown(os.fsdecode(b"b\xe1o c\xe1o.xlsx")) == "b\\udce1o c\\udce1o.xlsx"
    assert shown("hai\ndòng.xlsx") == "hai\\u000adòng.xlsx"


def test_F21_whatever_the_name_the_bytes_lie_under_their_hash(season: Season):
    long = "x" * 240 + ".xlsx"
    season.put("a\u202exslx.exe.xlsx", submission("talents"))
    season.put(long, submission("departures"))
    (season.home.inbox(2025) / os.fsdecode(b"b\xe1o.xlsx")).write_bytes(submission("plans").workbook())
    report = season.collect()
    landed = sorted(path.name for path in season.home.landing.iterdir() if path.is_file())
    assert landed == sorted(one.sha256 for one in report.files) and len(landed) == 3
    assert {one.file_name for one in report.files} == {"a\\u202exslx.exe.xlsx", long, "b\\udce1o.xlsx"}
    assert all((season.home.root / one.receipt).is_file() for one in report.files)
