"""`org` and `parameters`: who recorded what from when, in sentences, never a traceback (F16, M24, definitions A6)."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from expectations import ledger
from expectations.errors import UsageError
from expectations.home import Home
from expectations.reference import load
from ingestion.template.owed import senders
from orchestration import fingerprints, parameters, registry, warehouse
from orchestration.cli.guard import guarded
from orchestration.settings import ROOT

WHO = ["--by", "Phòng Tổ chức", "--reason", "Nghị quyết ghi rõ đơn vị nhận"]
WRONG, RIGHT = "SKHDT,STC,2025-03-01,hop_nhat", "SKHDT,SXD,2025-03-01,hop_nhat"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.root.mkdir()
    home.sample_marker.write_text('{"seed": 1}')
    return home


@pytest.fixture
def say(home: Home, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command in the home: exit code, what it printed, what it complained of."""

    def run(*words: str) -> tuple[int, str, str]:
        code = guarded([*words, "--home", str(home.root)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def successors(home: Home, at: datetime | None = None) -> list[str]:
    rows = load.read("agency_successions", home.reference, at)
    return [row["successor_code"] for row in rows if row["predecessor_code"] == "SKHDT"]


def test_corrected_undone_and_what_was_known_between(home: Home, say: Any):
    code, out, _ = say("org", "edit", "--correction", "--no-succession", WRONG, "--succession", RIGHT, *WHO, "--json")
    told = json.loads(out)
    assert (code, told["edit"], told["edit_kind"]) == (0, 1, "correction")
    assert [(step["action"], step["list"]) for step in told["steps"]] == [
        ("remove", "agency_successions"), ("add", "agency_successions"),
    ]  # fmt: skip
    assert successors(home) == ["SXD"]
    assert say("org", "undo", "1", *WHO)[0] == 0 and successors(home) == ["STC"]
    assert successors(home, datetime.fromisoformat(told["recorded_at"])) == ["SXD"]
    found = json.loads(say("org", "history", "SKHDT", "--json")[1])
    assert [(each["edit"], each["undoes"], each["in_force"]) for each in found["edits"]] == [
        (1, None, False), (2, 1, True),
    ]  # fmt: skip
    then = json.loads(say("org", "history", "SKHDT", "--json", "--as-known", told["recorded_at"])[1])
    assert [row["successor_code"] for row in then["successions"]] == ["SXD"] and then["edits"][0]["in_force"]
    assert "(undone)" in say("org", "history")[1]


def test_a_merger_is_one_change_and_readers_see_it_at_once(home: Home, say: Any):
    words = ["--agency", "SMOI", "--new", "--set", "name_vi=Sở Mới", "--set", "valid_from=2025-10-01"]
    words += ["--end", "SXD=2025-10-01", "--end", "SCT=2025-10-01"]
    words += ["--succession", "SXD,SMOI,2025-10-01,hop_nhat", "--succession", "SCT,SMOI,2025-10-01,hop_nhat"]
    before = {one.agency_code for one in senders(2025, home.reference)}
    assert {"SXD", "SCT"} <= before and "SMOI" not in before
    assert say("org", "edit", "--change", "--act", "NQ 12/NQ-HĐND", *words, *WHO)[0] == 0
    assert {one.agency_code for one in senders(2025, home.reference)} == before - {"SXD", "SCT"} | {"SMOI"}
    (body,) = [row for row in load.read("agencies", home.reference) if row["agency_code"] == "SMOI"]
    assert (body["legal_act"], body["official_code"], body["parent_code"]) == ("NQ 12/NQ-HĐND", "SMOI", "LS")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--change", "--end", "SNV=2026-01-01"], 2, "legal act"),
        (["--change", "--act", "NQ 1", "--agency", "SNV", "--set", "name_vi=Sở Khác"], 2, "--correction"),
        (["--correction", "--end", "SNV=2025-03-01"], 1, "TC-KHOANG_NGAY"),
        (["--correction", "--end", "SNV=01/03/2026"], 1, "TC-GIA_TRI"),
        (["--correction", "--succession", "SNV,KHONGCO,2026-01-01,tach"], 1, "TC-MA_LA"),
        (["--correction", "--succession", "SNV,STC"], 2, "OLD,NEW,DAY,KIND"),
        (["--correction", "--agency", "KHONGCO", "--set", "name_vi=x"], 2, "is not in agencies"),
        (["--correction", "--agency", "SNV", "--set", "agency_code=x"], 2, "cannot be set"),
        (["--correction", "--agency", "SNV", "--set", "name_vi"], 2, "NAME=VALUE"),
        (["--correction", "--agency", "SNV"], 2, "--set FIELD=VALUE"),
        (["--correction", "--set", "name_vi=x"], 2, "--agency"),
        (["--correction"], 2, "say what to edit"),
        (["--correction", "--remove-agency", "SNV"], 1, "TC-CON_DUNG"),
    ],
)
def test_what_would_break_the_registry_is_refused_in_a_sentence(home: Home, say: Any, words, code, sentence):
    found, _, complaint = say("org", "edit", *words, *WHO)
    assert found == code and sentence in complaint and "Traceback" not in complaint
    assert not home.ledger.exists() and not home.reference.exists()


def test_a_reason_names_nobody_and_unknown_numbers_are_told(home: Home, say: Any):
    words = ["org", "edit", "--correction", "--no-succession", WRONG, "--by", "SNV", "--reason"]
    assert "names a person or a number" in say(*words, "theo thẻ 003190000777 của họ")[2]
    assert "few words" in say(*words, "sai")[2]
    assert say("org", "undo", "7", *WHO)[0] == 2
    assert say("org", "history", "KHONGCO")[0] == 2


def test_an_edit_makes_a_new_build_due_and_a_sample_home_knows_it(home: Home):
    kept = registry.Said(dropped=[WRONG], successions=[RIGHT])
    before = fingerprints.inputs(home, 2025, ROOT / "dbt_project", None)["reference"]
    edit = registry.edit(home, "correction", kept, by="SNV", reason="theo nghị quyết đã ký")
    assert fingerprints.inputs(home, 2025, ROOT / "dbt_project", None)["reference"] != before
    assert warehouse.default_known_at(home) >= edit.recorded_at
    home.next_build.mkdir(parents=True)
    written = home.next_build / "reference" / "agency_successions.csv"
    warehouse.lay_out_reference(home, datetime(2025, 1, 1, tzinfo=UTC))
    assert f"\n{WRONG}," in written.read_text(encoding="utf-8")
    warehouse.lay_out_reference(home, edit.recorded_at)
    assert f"\n{RIGHT}," in written.read_text(encoding="utf-8")


SET = ["--from", "2025-01-01", "--document", "CV 5/SNV-TCCB", "--decided-by", "Sở Nội vụ", *WHO]


def test_an_open_question_is_set_from_a_day_and_known_from_its_record(home: Home, say: Any):
    code, out, _ = say("parameters", "set", "ct03_from", "tu_2026", *SET, "--json")
    told = json.loads(out)
    recorded_at = datetime.fromisoformat(told["recorded_at"])
    assert (code, told["edit_kind"], told["legal_act"]) == (0, "change", "CV 5/SNV-TCCB")
    assert load.parameter("ct03_from", date(2025, 12, 31), home.reference) == "tu_2026"
    assert load.parameter("ct03_from", date(2024, 12, 31), home.reference) == "tu_2030"
    shown = {(row["parameter"], row["valid_from"]): row for row in json.loads(say("parameters", "list", "--json")[1])}
    assert (shown["ct03_from", "2025-01-01"]["decided_by"], shown["ct03_from", "2025-01-01"]["edit"]) == (
        "Sở Nội vụ",
        1,
    )
    assert shown["ct03_from", "2024-01-01"]["edit"] is None
    before = parameters.listed(home, datetime.fromisoformat("2025-01-01T00:00:00+07:00"))
    assert ("ct03_from", "2025-01-01") not in {(row["parameter"], row["valid_from"]) for row in before}
    assert "--correction" in say("parameters", "set", "ct03_from", "tu_2030", *SET)[2]
    assert say("parameters", "set", "ct03_from", "tu_2030", *SET, "--correction")[0] == 0
    assert load.parameter("ct03_from", date(2025, 12, 31), home.reference) == "tu_2030"
    assert "is no edit of agencies" in say("org", "undo", "1", *WHO)[2]
    assert say("parameters", "undo", "2", *WHO)[0] == 0 and say("parameters", "undo", "1", *WHO)[0] == 0
    assert load.read("parameters", home.reference) == load.read("parameters")
    rows = load.read("parameters", home.reference, recorded_at)
    assert [row["value"] for row in rows if row["parameter"] == "ct03_from"] == ["tu_2030", "tu_2026"]
    assert len([line for line in ledger.read(home.ledger) if line["event"] == "reference_edited"]) == 4


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("nothing", "1", "no parameter"),
        ("ct04_max_gap_days", "ba mươi", "whole number"),
        ("ct04_max_gap_days", "1.5", "whole number"),
        ("ct02_tolerance_points", "-1", "number"),
        ("deadline_inclusive", "maybe", "yes or no"),
        ("commune_reports_from", "01/07/2025", "day"),
        ("ct03_from", "tu_2028", "none of tu_2026, tu_2030"),
        ("st_sectors", "LV01;LV77", "'LV77' is none of"),
        ("plan_issued_on", "tháng ba", "day"),
    ],
)
def test_a_value_that_cannot_be_is_refused(home: Home, name: str, value: str, words: str):
    setting = parameters.Setting(value=value, valid_from=date(2025, 1, 1), document="CV 5", decided_by="SNV")
    with pytest.raises(UsageError, match=words):
        parameters.put(home, name, setting, by="SNV", reason="theo công văn trả lời")
    assert not home.ledger.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ct02_tolerance_points", "0.5"),
        ("st_sectors", "LV01;LV05;LV06"),
        ("plan_number", "15/KH-UBND"),
        ("scope_kinds", "department;unit"),
        ("deadline_inclusive", "yes"),
        ("ct04_max_gap_days", "90"),
    ],
)
def test_values_that_the_list_names_are_taken(home: Home, name: str, value: str):
    setting = parameters.Setting(value=value, valid_from=date(2025, 1, 1), document="CV 5", decided_by="SNV")
    parameters.put(home, name, setting, by="SNV", reason="theo công văn trả lời")
    assert load.parameter(name, date(2025, 12, 31), home.reference) == value
