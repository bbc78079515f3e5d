"""The indicator files: readings of worked-examples.md § 0, the plan's wording, generated lists fresh."""

import unicodedata
from pathlib import Path

import pytest
from pydantic import ValidationError

from expectations.indicators import export
from expectations.indicators.load import all_indicators, codes, load
from expectations.indicators.model import Indicator
from expectations.reference import load as reference

LISTS = export.TARGET
PLAN = Path(__file__).parents[3] / "shared" / "plan" / "ke-hoach.md"

READINGS = {
    "CT01": ["on_time", "to_date", "current_roster"],
    "CT02": ["annual_persons", "cumulative_persons", "annual_cases", "first_time",
        "with_contracts", "broad", "provincial_only",],
    "CT03": ["tu_2030", "tu_2026"],
    "CT04": [
        "strict", "broad", "excl_objective", "late_recognised", "gap_90", "cumulative", "pre_plan",
        "interim_1", "interim_2", "interim_3", "interim_4", "months_66",
    ],
    "CT05": ["reading_a", "reading_b", "broad", "in_year", "min_40_hours"],
    "CT06": ["arrived_and_taken", "deadline_inclusive", "arrived_any", "document_date", "to_date"],
    "CT07": ["signed", "signed_inclusive", "draft_submitted"],
}  # fmt: skip
"""The table of reading codes, headline first; the codes of interim_1…interim_4 written out."""


def test_readings_are_those_of_the_worked_examples() -> None:
    assert {one.code: [reading.code for reading in one.readings] for one in all_indicators()} == READINGS
    assert codes() == list(READINGS)
    assert all(one.headline.code == READINGS[one.code][0] for one in all_indicators())


def test_wording_is_verbatim() -> None:
    if not PLAN.is_file():
        pytest.skip(f"the plan's text is not on this machine ({PLAN}); its wordings cannot be compared")
    text = " ".join(unicodedata.normalize("NFC", PLAN.read_text(encoding="utf-8")).split())
    for one in all_indicators():
        assert one.plan_wording in text, one.code
    assert load("CT04").plan_wording.startswith("Phần đầu đạt 100%"), "the plan's typo is quoted, not repaired"


def test_every_reference_resolves() -> None:
    parameters = {row["parameter"] for row in reference.read("parameters")}
    periods = {row["period_code"] for row in reference.read("periods")}
    for one in all_indicators():
        for reading in one.readings:
            assert reading.period in periods, (one.code, reading.code)
            assert reading.parameter in parameters or (not reading.parameter and not reading.is_headline)
    for row in reference.read("targets"):
        assert row["reading"] in READINGS[row["indicator_code"]]
    for row in reference.read("parameters"):
        assert set(filter(None, row["indicators"].split(";"))) <= set(READINGS)


def test_headlines_agree_with_the_default_parameters() -> None:
    defaults = {row["parameter"]: row["value"] for row in reference.read("parameters")}
    assert load("ct03").headline.code == defaults["ct03_from"]
    assert load("ct04").headline.code == defaults["ct04_scope"]
    assert load("ct05").headline.code == defaults["ct05_reading"]
    assert load("ct07").headline.code == defaults["ct07_event"]
    assert {load(code).headline.period for code in ("CT02", "CT03", "CT05")} == {defaults["period_code"]}


def test_first_due_year_breaks_and_grain() -> None:
    assert {one.code: one.first_due_year for one in all_indicators() if one.first_due_year} == {"CT04": 2029}
    breaks = {one.code: [mark.since.isoformat() for mark in one.series_breaks] for one in all_indicators()}
    assert breaks["CT02"] == breaks["CT03"] == ["2025-01-01", "2025-03-01", "2025-07-01"]
    assert breaks["CT06"] == ["2025-03-01", "2025-07-01"]
    assert breaks["CT01"] == [], "the roster is frozen: nothing breaks it"
    assert {one.code: one.grain for one in all_indicators()}["CT07"] == "province"
    assert {one.code: one.roster for one in all_indicators()}["CT01"] == "roster_2024_03_31"


def test_texts_are_nfc_and_without_stray_space() -> None:
    for one in all_indicators():
        for text in _texts(one.model_dump()):
            assert text == unicodedata.normalize("NFC", text).strip() and "  " not in text, text


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, tuple | list) else []
    return [text for part in inner for text in _texts(part)]


def test_a_second_headline_is_refused() -> None:
    raw = load("CT03").model_dump()
    raw["readings"][1]["is_headline"] = True
    with pytest.raises(ValidationError, match="headline"):
        Indicator.model_validate(raw)
    raw = load("CT03").model_dump()
    raw["readings"][1]["code"] = "tu_2030"
    with pytest.raises(ValidationError, match="twice"):
        Indicator.model_validate(raw)


def test_unknown_code_and_group_without_total() -> None:
    with pytest.raises(KeyError, match="CT09"):
        load("CT09")
    with pytest.raises(KeyError, match="no reading"):
        load("CT03").reading("tu_2040")
    groups = {d.code: d.sums for d in load("CT05").disaggregations}
    assert groups["talent_group"] is False, "H1: no total row"


def test_generated_lists_are_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert export.main(["--check"]) == 0, "run python -m expectations.indicators.export"
    assert "none" in capsys.readouterr().out


def test_check_names_what_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(export, "TARGET", tmp_path)
    assert export.main(["--check"]) == 1
    assert "indicator_readings.csv" in capsys.readouterr().out
    assert export.main([]) == 0
    assert export.main(["--check"]) == 0
    assert (tmp_path / "indicators.csv").read_bytes() == (LISTS / "indicators.csv").read_bytes()
