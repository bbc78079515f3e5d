"""G01, G02, G07: nothing is published that gate 2 did not open, a person did not approve, or somebody touched since.

Every case calls `publish` itself, as a job, a notebook or the UI would: there is no way around it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from expectations import ledger
from reporting.editions import NotPublishable, draft, publish
from tests.reporting.editions import season as seasons
from tests.reporting.editions.season import YEAR, Season


def nothing_published(season: Season) -> bool:
    folder = season.home.publication(YEAR)
    found = list(folder.iterdir()) if folder.is_dir() else []
    return not found and not [line for line in ledger.read(season.home.ledger) if line["event"] == "published"]


def refused(season: Season, rule: str) -> None:
    with pytest.raises(NotPublishable) as caught:
        publish(season.home, YEAR, season.build_id)
    assert caught.value.exit_code == 1 and caught.value.findings[0].rule == rule
    assert nothing_published(season)


def test_g01_without_a_review(tmp_path: Path) -> None:
    refused(seasons.make(tmp_path, gated=False), "YEAR-NOT-REVIEWED")


def test_a_closed_gate_says_why(tmp_path: Path) -> None:
    season = seasons.make(tmp_path, gated=False)
    seasons.review(season, is_open=False)
    with pytest.raises(NotPublishable) as caught:
        publish(season.home, YEAR, season.build_id)
    assert [finding.rule for finding in caught.value.findings] == ["YEAR-GATE-CLOSED", "YEAR-AGENCY-MISSING"]
    assert nothing_published(season)


def test_without_an_approval(tmp_path: Path) -> None:
    refused(seasons.make(tmp_path, approved=False), "YEAR-NOT-APPROVED")


def warehouse_touched(season: Season) -> None:
    with (season.build / "warehouse.duckdb").open("ab") as stream:
        stream.write(b"\0")


def manifest_touched(season: Season) -> None:
    path = season.build / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace("c0ffee", "c0ffef"), encoding="utf-8")


def verdict_of_another_build(season: Season) -> None:
    path = season.build / "gate.json"
    gate = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(gate | {"build_id": "2025-0099-00000000"}), encoding="utf-8")


@pytest.mark.parametrize("touch", [warehouse_touched, manifest_touched, verdict_of_another_build])
def test_g02_the_verdict_is_about_these_bytes(tmp_path: Path, touch: Callable[[Season], None]) -> None:
    season = seasons.make(tmp_path)
    touch(season)
    refused(season, "YEAR-BUILD-CHANGED")


def test_g02_an_approval_of_one_build_is_none_of_another(tmp_path: Path) -> None:
    seasons.make(tmp_path, 1)
    refused(seasons.make(tmp_path, 2, approved=False), "YEAR-NOT-APPROVED")


def test_a_broken_ledger_closes_everything(tmp_path: Path) -> None:
    season = seasons.make(tmp_path)
    text = season.home.ledger.read_text(encoding="utf-8")
    season.home.ledger.write_text(text.replace("Người ký mẫu", "Người ký khác"), encoding="utf-8")
    with pytest.raises(NotPublishable) as caught:
        publish(season.home, YEAR)
    assert caught.value.findings[0].rule == "YEAR-LEDGER-BROKEN"


def test_a_draft_needs_no_approval_and_says_that_it_is_one(tmp_path: Path) -> None:
    season = seasons.make(tmp_path, approved=False)
    folder = draft(season.home, YEAR)
    assert folder == season.build / "draft"
    assert "DỰ THẢO" in (folder / "public" / "index.html").read_text(encoding="utf-8")
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["approvals"] == []
    assert nothing_published(season)
