"""Accepted rows rest on the registry: as known before an edit they are what they were before it (M24, R16)."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from expectations.reference import aliases, editing
from expectations.reference.edits import CORRECTION, SET, Step
from ingestion import as_known
from tests.inboxes import NOW, REGISTER, Season, agency, csv_text, rows_of

EDITED = NOW + timedelta(hours=1)


def accepted_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.parquet"))}


def again(season: Season, at: datetime, target: Path) -> dict[str, bytes]:
    as_known.recollect(season.home, at, target, gate=None, key=season.key, now=lambda year: NOW)
    return accepted_in(target)


@pytest.fixture
def known(season: Season) -> list[dict[str, bytes]]:
    """What was accepted at first, after an edit of a body, after a name was confirmed: three states of one inbox."""
    changes = [
        {"agency_code": written, "decision_number": f"{n}/QĐ-SNV", "national_id": f"00319000{n:04d}"}
        for n, written in enumerate(("SNV", "STC", "Phòng thử"), start=1)
    ]
    season.put("recruitment_register_2025.csv", csv_text(rows_of(REGISTER, *changes)))
    season.put("a.xlsx", agency("SNV", "Sở Nội vụ", 1))
    season.put("b.xlsx", agency("STC", "Sở Tài chính", 2))
    states = [season.collect() and accepted_in(season.home.accepted_root)]
    step = Step("agencies", SET, ("STC",), (("official_code", "STC9"), ("name_vi", "Sở Khác"), ("short_name_vi", "K")))
    said = editing.Signed(by="Phòng Tổ chức", reason="Nghị quyết ghi mã khác", at=EDITED)
    editing.record(season.home, CORRECTION, [step], said)
    states.append(season.collect() and accepted_in(season.home.accepted_root))
    aliases.confirm(season.home, "Phòng thử", "SNV", by="Thử", reason="Công văn 12", on=date(2025, 11, 25))
    states.append(season.collect() and accepted_in(season.home.accepted_root))
    return states


def test_M24_what_was_accepted_before_an_edit_is_found_again(season: Season, known, tmp_path: Path):
    assert known[0] != known[1] != known[2]
    home, before = season.home, season.home.ledger.read_bytes()
    assert as_known.is_needed(home, NOW) and not as_known.is_needed(home, datetime.now(UTC) + timedelta(days=36500))
    assert again(season, EDITED - timedelta(microseconds=1), tmp_path / "then") == known[0]
    assert again(season, EDITED, tmp_path / "then") == known[1]
    assert again(season, datetime.now(UTC) + timedelta(days=36500), tmp_path / "then") == known[2]
    assert home.ledger.read_bytes() == before and accepted_in(home.accepted_root) == known[2]
    assert not (home.vault / "as_known").exists()


def test_a_file_that_is_not_landed_was_not_known(season: Season, known, tmp_path: Path):
    season.put("c.xlsx", agency("SXD", "Sở Xây dựng", 3))
    landed = sorted(path.name for path in season.home.landing.iterdir())
    assert again(season, NOW, tmp_path / "then") == known[0]
    assert sorted(path.name for path in season.home.landing.iterdir()) == landed


def test_without_edits_nothing_is_collected_again(season: Season):
    season.put("a.xlsx", agency("SNV", "Sở Nội vụ", 1))
    season.collect()
    assert not as_known.is_needed(season.home, NOW - timedelta(days=3650))
