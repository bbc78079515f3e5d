"""A registry edit counts from its record time on: figures, dims and the history of edits (F16, M24, R16)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from expectations.home import Home
from expectations.reference import editing
from expectations.reference.edits import ADD, CHANGE, CORRECTION, REMOVE, SET, Step
from tests.warehouse.warehouse_tables import figures, recruit, table

BEFORE, AFTER = "2026-01-15T08:59:59+07:00", "2026-02-01T09:00:00+07:00"
RECORDED = datetime.fromisoformat("2026-01-15T09:00:00+07:00")
PEOPLE = """
person | decided_on | effective_on | agency | form | status
K1     | 2025-01-06 | 2025-01-10   | SKHDT  | TT   | hieu_luc
K2     | 2025-02-03 | 2025-02-10   | SKHDT  | XT   | hieu_luc
K3     | 2025-05-05 | 2025-05-10   | STC    | XT   | hieu_luc
K4     | 2025-05-05 | 2025-05-10   | SXD    | XT   | hieu_luc
"""


def _edits(home: Home) -> str:
    """SKHDT went into SXD, not STC; a body that never was; SNV's remark was corrected, and that taken back."""
    signed = editing.Signed(by="Phòng Tổ chức", reason="Nghị quyết ghi rõ đơn vị nhận", legal_act="NQ 04", at=RECORDED)
    wrong, right = (("SKHDT", code, "2025-03-01", "hop_nhat") for code in ("STC", "SXD"))
    steps = [Step("agency_successions", REMOVE, wrong), Step("agency_successions", ADD, right, (("verified", "no"),))]
    editing.record(home, CORRECTION, steps, signed)
    editing.record(home, CHANGE, [Step("agencies", SET, ("SNV",), (("valid_to", "2026-07-01"),))], signed)
    note = editing.record(home, CORRECTION, [Step("agencies", SET, ("SXD",), (("note", "x"),))], signed)
    editing.undo(home, note.number, signed)
    return (home.reference / "reference_edits.add.csv").read_text(encoding="utf-8")


@pytest.fixture
def filled(season: Any, tmp_path: Any) -> Any:
    for number, row in enumerate(table(PEOPLE)):
        season.add("recruitment_register", 2025, [recruit(number, **row)])
    season.overlay["reference_edits.add"] = _edits(Home(tmp_path))
    return season


def _shown(season: Any, **recruits: int) -> None:
    """By hand: K1 and K2 of the ended SKHDT stand with who took over from it, K3 and K4 with their own bodies."""
    assert figures(season, "CT02").has(agency_code="SKHDT", reading="annual_persons", denominator=2)
    shown = figures(season, "CT02", "2025-12-31")
    for code, count in recruits.items():
        assert shown.has(
            agency_code=code, reading="annual_persons", period_code="KY_LICH", reporting_year=2025, denominator=count
        ), code


def test_M24_before_the_record_the_old_figures_and_after_it_the_corrected(filled: Any) -> None:
    filled.build_or_fail(2025, BEFORE)
    _shown(filled, STC=3, SXD=1, LS=4)
    edited = "select count(*) from marts.dim_agencies where recorded_at is not null or edit_kind is not null"
    assert filled.query(edited) == [(0,)]
    assert filled.query("select count(*) from marts.dim_reference_edits") == [(0,)]
    filled.build_or_fail(2025, AFTER)
    _shown(filled, STC=1, SXD=3, LS=4)
    assert filled.query(
        "select agency_code, edit_kind, recorded_at = timestamptz '2026-01-15T09:00:00.000001+07:00', valid_to::varchar"
        " from marts.dim_agencies where edit_kind is not null"
    ) == [("SNV", "change", True, "2026-07-01")]
    assert filled.query(
        "select successor_code, edit_kind, recorded_at = timestamptz '2026-01-15T09:00:00+07:00'"
        " from marts.dim_agency_successions where predecessor_code = 'SKHDT'"
    ) == [("SXD", "correction", True)]
    assert filled.query(
        "select edit, list, action, edit_kind, undone_at is not null from marts.dim_reference_edits"
        " group by all order by 1, 3"
    ) == [
        (1, "agency_successions", "add", "correction", False),
        (1, "agency_successions", "remove", "correction", False),
        (2, "agencies", "set", "change", False),
        (3, "agencies", "set", "correction", True),
    ]
