"""Bytes by their hash, each once; the ledger knows when they came. F05, F06, P01."""

import hashlib
import os
import random
import signal
import stat
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from expectations import ledger
from ingestion.inbox import scan
from ingestion.intake import take_in
from ingestion.landing import StillWritten, land
from tests.builders import submission
from tests.inboxes import NOW, Season, agency, file_of

ROOT = Path(__file__).resolve().parents[3]
LANDER = """
import sys
from datetime import datetime
from pathlib import Path
from expectations.home import Home
from ingestion.intake import take_in
now = datetime.fromisoformat("2025-11-25T10:00:00+07:00")
print("ready", flush=True)
take_in(Home(Path(sys.argv[1])), 2025, now=now, seen={}, quiet_seconds=0.0, progress=lambda text: None)
"""


def only_file(season: Season):
    return scan(season.home.inbox(2025), quiet_seconds=0.0).files[0]


def test_landed_bytes_are_named_by_their_hash_and_may_not_be_written(season: Season):
    content = submission("talents").workbook()
    season.put("SNV.xlsx", content)
    digest = land(only_file(season), season.home.landing)
    landed = season.home.landing / digest
    assert digest == hashlib.sha256(content).hexdigest()
    assert landed.read_bytes() == content
    assert stat.S_IMODE(landed.stat().st_mode) == 0o440


def test_a_file_that_changed_since_the_scan_is_left_for_the_next_round(season: Season):
    path = season.put("SNV.xlsx", submission("talents"))
    seen = only_file(season)
    path.write_bytes(b"something else")
    with pytest.raises(StillWritten):
        land(seen, season.home.landing)
    assert [p for p in season.home.landing.rglob("*") if p.is_file()] == []


def test_a_file_that_became_a_link_is_not_followed(season: Season):
    path = season.put("SNV.xlsx", submission("talents"))
    seen = only_file(season)
    path.unlink()
    path.symlink_to("/etc/hostname")
    with pytest.raises(StillWritten):
        land(seen, season.home.landing)


def test_F05_what_is_read_is_the_landed_copy(season: Season, monkeypatch):
    first = agency("SNV", "Sở Nội vụ", 1)
    path = season.put("SNV.xlsx", first)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()

    def overwritten_while_collecting(text: str) -> None:
        if text.startswith("reading"):
            path.write_bytes(agency("SNV", "Sở Nội vụ", 2).workbook())

    report = season.collect(progress=overwritten_while_collecting)
    assert [one.sha256 for one in report.files] == [digest]
    assert season.rows("submissions")[0]["sha256"] == digest


def test_F06_the_same_bytes_again_are_no_new_version(season: Season):
    content = submission("talents").workbook()
    season.put("SNV.xlsx", content)
    first = season.collect()
    season.put("SNV lần 2.xlsx", content)
    again = season.collect(now=NOW + timedelta(days=1))
    assert len(again.files) == 1
    assert (again.files[0].version, again.files[0].receipt) == (1, first.files[0].receipt)
    assert again.files[0].same_content == ("SNV lần 2.xlsx",)
    assert [note.rule for note in again.notes] == ["TEP-TRUNG"]
    page = (season.home.root / again.files[0].receipt).read_text(encoding="utf-8")
    assert "Tệp SNV lần 2.xlsx giống hệt tệp đã nhận ngày 25/11/2025 (biên nhận 2025-" in page
    assert len(season.events("received")) == 1


def test_a_file_taken_out_of_the_inbox_stays_received(season: Season):
    path = season.put("SNV.xlsx", submission("talents"))
    season.collect()
    path.unlink()
    assert [one.file_name for one in season.collect().files] == ["SNV.xlsx"]


def test_new_bytes_under_the_same_name_are_version_two(season: Season):
    season.put("SNV.xlsx", agency("SNV", "Sở Nội vụ", 1))
    season.collect()
    season.put("SNV.xlsx", agency("SNV", "Sở Nội vụ", 2))
    report = season.collect(now=NOW + timedelta(hours=1))
    assert [(one.file_name, one.version) for one in report.files] == [("SNV.xlsx", 1), ("SNV.xlsx", 2)]


def test_arrival_is_the_journals_else_the_landing_instant(season: Season):
    season.put("SNV.xlsx", agency("SNV", "Sở Nội vụ", 1))
    season.put("STC.xlsx", agency("STC", "Sở Tài chính", 2))
    season.journal(SNV="2025-11-20T08:00:00+07:00")
    season.collect()
    found = {row["agency_code"]: row for row in season.rows("submissions")}
    assert found["SNV"]["received_at"].isoformat() == "2025-11-20T08:00:00+07:00"
    assert (found["SNV"]["arrival_claimed"], found["SNV"]["channel"]) == (True, "truc")
    assert found["STC"]["received_at"] == found["STC"]["recorded_at"] == NOW
    assert not found["STC"]["arrival_claimed"]


def test_a_later_run_gives_the_same_landing_instant(season: Season):
    season.put("SNV.xlsx", submission("talents"))
    season.collect()
    season.put("STC.xlsx", agency("STC", "Sở Tài chính", 2))
    season.collect(now=NOW + timedelta(days=3))
    found = {row["agency_code"]: row["received_at"] for row in season.rows("submissions")}
    assert found == {"SNV": NOW, "STC": NOW + timedelta(days=3)}


def test_a_journal_corrected_after_landing_is_told_to_the_ledger(season: Season):
    season.put("SNV.xlsx", submission("talents"))
    season.collect()
    season.journal(SNV="2025-11-21T08:00:00+07:00")
    report = season.collect(now=NOW + timedelta(hours=1))
    assert file_of(report, "SNV.xlsx").received_at == "2025-11-21T08:00:00+07:00"
    first, second = season.events("received")
    assert second["amends"] == first["seq"]
    assert second["previous_received_at"] == NOW.isoformat()
    season.collect(now=NOW + timedelta(hours=2))
    assert len(season.events("received")) == 2


def test_P01_killed_while_landing_nothing_is_lost_and_nothing_doubled(tmp_path: Path):
    """30 kills at random moments: after the next round every file is landed whole and received once."""
    chance = random.Random(20251125)
    for attempt in range(30):
        season = Season(tmp_path / str(attempt))
        contents = {f"{n}.xlsx": chance.randbytes(chance.randrange(1, 400_000)) for n in range(8)}
        for name, content in contents.items():
            season.put(name, content)
        process = subprocess.Popen(
            [sys.executable, "-c", LANDER, str(season.home.root)], cwd=ROOT, stdout=subprocess.PIPE
        )
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        for landed in (p for p in season.home.landing.glob("*") if p.is_file()):
            assert hashlib.sha256(landed.read_bytes()).hexdigest() == landed.name
        assert ledger.verify(season.home.ledger) == []
        take_in(season.home, 2025, now=NOW, seen={}, quiet_seconds=0.0, progress=lambda text: None)
        hashes = sorted(hashlib.sha256(content).hexdigest() for content in contents.values())
        assert sorted(line["sha256"] for line in season.events("received")) == hashes
        assert sorted(p.name for p in season.home.landing.iterdir() if p.is_file()) == hashes
        assert list((season.home.landing / ".tmp").iterdir()) == []
