"""The registry in two times (F16, M3, M24, R16): an edit is a correction or a change, never an overwrite."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from expectations import ledger
from expectations.errors import NotFit, OperatorError, UsageError
from expectations.home import Home
from expectations.reference import aliases, editing, load
from expectations.reference.edits import ADD, CHANGE, CORRECTION, REMOVE, SET, Step
from reporting.verify import verify

START = datetime(2025, 12, 1, 8, tzinfo=UTC)
WRONG = ("SKHDT", "STC", "2025-03-01", "hop_nhat")
RIGHT = ("SKHDT", "SXD", "2025-03-01", "hop_nhat")
NEW = {
    "official_code": "SAT", "name_vi": "Sở Thử", "kind": "department", "level": "province", "parent_code": "LS",
    "in_scope": "yes", "is_reporting": "yes", "verified": "no", "sort_order": "900",
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def signed(hours: int = 0, **change: str) -> editing.Signed:
    said = {"by": "Phòng Tổ chức", "reason": "Nghị quyết ghi rõ đơn vị nhận", "legal_act": "Nghị quyết 04/2025"}
    return editing.Signed(**{**said, **change}, at=START + timedelta(hours=hours))


def successor(home: Home, at: datetime | None = None) -> list[str]:
    rows = load.read("agency_successions", home.reference, at)
    return [row["successor_code"] for row in rows if row["predecessor_code"] == "SKHDT"]


def correct_the_succession(home: Home, hours: int = 0) -> int:
    steps = [Step("agency_successions", REMOVE, WRONG), Step("agency_successions", ADD, RIGHT, (("verified", "no"),))]
    return editing.record(home, CORRECTION, steps, signed(hours)).number


def new_body(code: str, since: str, **values: str) -> Step:
    return Step("agencies", ADD, (code,), tuple({**NEW, "valid_from": since, **values}.items()))


def test_M24_a_correction_never_changes_what_was_known_before_it(home: Home):
    assert correct_the_succession(home) == 1
    assert successor(home) == ["SXD"]
    assert successor(home, START) == ["SXD"]
    assert successor(home, START - timedelta(microseconds=1)) == ["STC"]
    before = load.read("agencies", home.reference, START - timedelta(hours=1))
    assert before == load.read("agencies")


def test_an_undo_is_recorded_like_an_edit_and_both_stay(home: Home):
    number = correct_the_succession(home)
    undo = editing.undo(home, number, signed(2, reason="văn bản nói khác"))
    assert (undo.number, undo.undoes) == (2, 1)
    assert successor(home) == ["STC"]
    assert successor(home, START + timedelta(hours=1)) == ["SXD"]
    assert [line["event"] for line in ledger.read(home.ledger)] == ["reference_edited"] * 2
    with pytest.raises(UsageError, match="no edit 1 is in force"):
        editing.undo(home, number, signed(3))


def test_the_overlay_says_who_when_which_kind_which_act_and_why(home: Home):
    editing.record(home, CHANGE, [new_body("SAT", "2026-01-01")], signed())
    rows = load.read("reference_edits", home.reference)
    assert {(r["recorded_by"], r["recorded_at"], r["edit_kind"], r["legal_act"], r["reason"]) for r in rows} == {
        ("Phòng Tổ chức", "2025-12-01T08:00:00+00:00", "change", "Nghị quyết 04/2025", "Nghị quyết ghi rõ đơn vị nhận")
    }
    assert load.read("agencies", home.reference)[-1]["legal_act"] == "Nghị quyết 04/2025"
    assert load.read("reference_edits", home.reference, START - timedelta(hours=1)) == []


def test_a_change_is_a_new_fact_from_a_day(home: Home):
    """A body begins, ends, is succeeded: all else says that it was never so, and is a correction."""
    merged = [
        new_body("SAT", "2026-01-01"),
        Step("agencies", SET, ("SNV",), (("valid_to", "2026-01-01"),)),
        Step("agency_successions", ADD, ("SNV", "SAT", "2026-01-01", "doi_ten"), (("verified", "yes"),)),
    ]
    editing.record(home, CHANGE, merged, signed())
    registry = aliases.registry_of(home)
    assert registry.carry_forward("SNV", date(2026, 1, 1)) == "SAT"
    assert registry.carry_forward("SNV", date(2025, 12, 31)) == "SNV"


@pytest.mark.parametrize(
    "step",
    [
        Step("agencies", SET, ("SNV",), (("name_vi", "Sở Nội vụ và Lao động"),)),
        Step("agencies", SET, ("SNV",), (("valid_from", "2025-01-01"),)),
        Step("agencies", SET, ("SKHDT",), (("valid_to", "2025-04-01"),)),
        Step("agencies", REMOVE, ("SNV",)),
        Step("agency_successions", REMOVE, WRONG),
    ],
)
def test_what_says_that_it_was_never_so_is_no_change(home: Home, step: Step):
    with pytest.raises(UsageError, match="--correction"):
        editing.record(home, CHANGE, [step], signed())
    assert not home.ledger.exists() and not home.reference.exists()


@pytest.mark.parametrize(
    ("steps", "rule"),
    [
        ([new_body("STC2", "2025-06-01", official_code="STC")], "TC-CHONG_LAN"),
        ([Step("agencies", SET, ("STC~2025-02-28",), (("valid_to", "2025-03-02"),))], "TC-CHONG_LAN"),
        ([new_body("SAT", "2025-06-01", valid_to="2025-06-01")], "TC-KHOANG_NGAY"),
        ([new_body("SAT", "01/06/2025")], "TC-GIA_TRI"),
        ([new_body("SAT", "2025-06-01", kind="sở")], "TC-GIA_TRI"),
        ([new_body("S|T", "2025-06-01")], "TC-GIA_TRI"),
        ([new_body("SAT", "2025-06-01", parent_code="KHONGCO")], "TC-CAP_TREN"),
        ([Step("agencies", REMOVE, ("SNV",))], "TC-CON_DUNG"),
        ([Step("agencies", REMOVE, ("SNV",))], "TC-MA_LA"),
        ([Step("agency_successions", ADD, ("SNV", "KHONGCO", "2026-01-01", "tach"))], "TC-MA_LA"),
        ([Step("agency_successions", ADD, ("STC", "SKHDT", "2026-01-01", "tach"))], "TC-KE_THUA_NGOAI_NGAY"),
        ([Step("agency_successions", ADD, ("STC", "SKHDT", "2026-01-01", "tach"))], "TC-VONG"),
        ([Step("agency_successions", ADD, ("SKHDT", "SNV", "2026-01-01", "tach"))], "TC-KE_THUA_NGOAI_NGAY"),
        ([Step("agency_successions", ADD, ("SNV", "STC", "2026-01-01", "hop_nhat"))], "TC-CON_TON_TAI"),
        ([Step("agencies", SET, ("SKHDT",), (("valid_to", "2025-04-01"),))], "TC-CON_TON_TAI"),
        ([Step("agencies", SET, ("STC",), (("valid_to", "2025-03-01"),))], "TC-KHOANG_NGAY"),
        ([Step("agency_successions", ADD, ("SKHDT", "STC", "2025-03-02", "hop_nhat"))], "TC-HAI_LAN"),
        ([Step("agency_successions", ADD, ("SNV", "STC", "2026-01-01", "cưới"))], "TC-GIA_TRI"),
        ([Step("agency_successions", ADD, ("SNV", "SNV", "2026-01-01", "tach"))], "TC-VONG"),
    ],
)
def test_an_edit_that_would_break_the_registry_is_refused(home: Home, steps: list[Step], rule: str):
    with pytest.raises(NotFit) as refused:
        editing.record(home, CORRECTION, steps, signed())
    assert rule in {finding.rule for finding in refused.value.findings}
    assert all(finding.message and finding.fix for finding in refused.value.findings)
    assert editing.recorded(home) == [] and not home.reference.exists()


@pytest.mark.parametrize(
    ("kind", "steps", "change", "words"),
    [
        (CHANGE, [new_body("SAT", "2026-01-01")], {"legal_act": " "}, "legal act"),
        (CORRECTION, [new_body("SAT", "2026-01-01")], {"by": " "}, "--by"),
        (CORRECTION, [new_body("SAT", "2026-01-01")], {"reason": ""}, "--reason"),
        (CORRECTION, [Step("agencies", SET, ("KHONGCO",), (("name_vi", "x"),))], {}, "is not in agencies"),
        (CORRECTION, [new_body("SNV", "2026-01-01")], {}, "is in agencies"),
        (CORRECTION, [Step("agencies", SET, ("SNV",), (("is_reporting", "yes"),))], {}, "nothing would differ"),
        (CORRECTION, [Step("tasks", REMOVE, ("II.1",))], {}, "no list 'tasks'"),
        ("overwrite", [new_body("SAT", "2026-01-01")], {}, "correction or a change"),
    ],
)
def test_what_no_edit_is(home: Home, kind: str, steps: list[Step], change: dict[str, str], words: str):
    with pytest.raises(UsageError, match=words):
        editing.record(home, kind, steps, signed(**change))
    assert not home.ledger.exists()


def test_an_edit_that_others_rest_on_is_undone_after_them(home: Home):
    editing.record(home, CHANGE, [new_body("SAT", "2026-01-01")], signed())
    editing.record(home, CORRECTION, [Step("agencies", SET, ("SAT",), (("name_vi", "Sở Khác"),))], signed(1))
    with pytest.raises(NotFit, match="rests on edit 1"):
        editing.undo(home, 1, signed(2))
    editing.undo(home, 2, signed(3))
    editing.undo(home, 1, signed(4))
    assert load.read("agencies", home.reference) == load.read("agencies")
    assert load.read("agencies", home.reference, START + timedelta(hours=3))[-1]["name_vi"] == "Sở Thử"


def test_the_file_is_never_edited_by_hand_and_a_crash_is_made_good(home: Home):
    correct_the_succession(home)
    editing.record(home, CHANGE, [new_body("SAT", "2026-01-01")], signed(1))
    path = home.reference / "reference_edits.add.csv"
    whole = path.read_text(encoding="utf-8")
    path.write_text("".join(whole.splitlines(keepends=True)[:3]), encoding="utf-8")  # the second was not written
    editing.settle(home)
    assert path.read_text(encoding="utf-8") == whole and verify(home).problems == []
    path.write_text(whole.replace("SXD", "SNV"), encoding="utf-8")
    with pytest.raises(OperatorError, match=r"line 3.*never edited by hand"):
        editing.settle(home)
    assert "reference:" in verify(home).problems[0]


def test_an_edit_that_fits_no_longer_is_told_and_can_be_undone(home: Home):
    """The shipped list was corrected too: the row that the home removed is gone."""
    correct_the_succession(home)
    rows = [row for row in load.read("agency_successions") if row["predecessor_code"] != "SKHDT"]
    load.write_rows("agency_successions", home.reference, rows)
    with pytest.raises(OperatorError, match=r"edit 1 .*is not in agency_successions; undo it"):
        load.read("agency_successions", home.reference)
    editing.undo(home, 1, signed(1))
    assert load.read("agency_successions", home.reference) == rows


def test_instants_of_edits_never_go_back(home: Home):
    """A clock set back would make two states of one instant."""
    correct_the_succession(home, hours=5)
    assert editing.undo(home, 1, signed(1)).recorded_at == START + timedelta(hours=5, microseconds=1)


def test_a_build_s_own_lists_have_their_edits_already(home: Home, tmp_path: Path):
    editing.record(home, CHANGE, [new_body("SAT", "2026-01-01")], signed())
    load.materialise(tmp_path / "build", home.reference)
    assert load.read("agencies", tmp_path / "build") == load.read("agencies", home.reference)
    assert load.read("reference_edits", tmp_path / "build") == load.read("reference_edits", home.reference)


def test_aliases_are_known_from_their_confirmation_until_they_are_withdrawn(home: Home):
    kept = load.read("agency_aliases")
    row = aliases.confirm(home, "Sở NV LS", "SNV", by="Thử", reason="Công văn 12", on=START.date())
    between = datetime.now(UTC)
    aliases.withdraw(home, "Sở NV LS", "SNV", by="Thử", reason="nhầm đơn vị")
    assert aliases.known(home, START) == kept
    assert aliases.known(home, between) == [*kept, row]
    assert aliases.known(home, datetime.now(UTC)) == kept == load.read("agency_aliases", home.reference)
