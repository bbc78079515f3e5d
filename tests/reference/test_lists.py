"""The shipped lists: complete, dated, NFC, and saying what the plan and definitions.md say."""

import csv
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from expectations.reference import load

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", load.names())
def test_list_is_clean(name: str) -> None:
    rows = load.read(name)
    assert rows or name == "reference_edits", name  # edits are a home's own
    for row in rows:
        for column, text in row.items():
            where = f"{name}.{column}: {text!r}"
            assert text == unicodedata.normalize("NFC", text), where
            assert text == " ".join(text.split()), where
            if column in ("valid_from", "valid_to", "effective_on") or column.endswith("_on"):
                assert text == "" or date.fromisoformat(text).isoformat() == text, where
        if row.get("valid_from") and row.get("valid_to"):
            assert row["valid_from"] < row["valid_to"], row


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("agencies", ("agency_code",)),
        ("agency_successions", ("predecessor_code", "successor_code", "kind")),
        ("code_lists", ("list", "code")),
        ("legal_bases", ("code",)),
        ("obligations", ("obligation_code",)),
        ("periods", ("period_code", "reporting_year")),
        ("reporting_calendar", ("reporting_year",)),
        ("parameters", ("parameter", "valid_from")),
        ("targets", ("indicator_code", "reading", "reporting_year_from", "target_level")),
        ("tasks", ("task_code",)),
        ("task_outputs", ("output_code",)),
        ("task_owners", ("task_code", "agency_code", "applies_to_kind", "valid_from", "role")),
        ("training_fields", ("code",)),
        ("indicator_readings", ("indicator_code", "reading")),
    ],
)
def test_key_is_unique(name: str, key: tuple[str, ...]) -> None:
    keys = [tuple(row[column] for column in key) for row in load.read(name)]
    assert len(keys) == len(set(keys))


def test_codes_of_the_interface_are_there() -> None:
    def codes(name: str) -> set[str]:
        return {row["code"] for row in load.codes(name)}

    assert codes("recruitment_form") == {"TT", "XT", "TN", "HD", "DD", "LC", "BP", "SX"}
    assert {r["code"] for r in load.codes("recruitment_form") if r["attribute"] == "recruitment"} == {"TT", "XT", "TN"}
    assert codes("sector") == {f"LV0{n}" for n in range(1, 10)} | {"LV99"}
    assert codes("talent_group") == {"N1", "N2", "N3", "N4"}
    assert codes("task_code") == {f"{part}.{n}" for part in ("II", "III") for n in range(1, 12)}
    assert codes("legal_basis") == {
        "ND140_SV", "ND140_KHT", "ND179_N1", "ND179_N2_SV", "ND179_N2_KH", "ND179_N3",
        "ND263_NKH", "ND263_KS", "NQ15_LS", "NQ23_LS", "KHAC",
    }  # fmt: skip
    assert codes("indicator_code") == {f"CT0{n}" for n in range(1, 8)}
    ended = {r["code"]: r["valid_to"] for r in load.codes("staff_kind") if r["valid_to"]}
    assert ended == {"can_bo_xa": "2025-07-01", "cong_chuc_xa": "2025-07-01"}


def test_every_task_group_has_countable_outputs() -> None:
    assert {row["task_code"] for row in load.read("task_outputs")} == {f"II.{n}" for n in range(1, 12)}
    assert all(row["output_code"].startswith(row["task_code"] + "-") for row in load.read("task_outputs"))


def test_legal_bases_hold_on_their_days() -> None:
    """D235: NĐ 140 cited in 2025, NĐ 179 cited in 2024."""
    bases = {row["code"]: row for row in load.read("legal_bases")}
    assert load.valid_on(bases["ND140_SV"], date(2024, 12, 31))
    assert not load.valid_on(bases["ND140_SV"], date(2025, 1, 1))
    assert not load.valid_on(bases["ND179_N1"], date(2024, 12, 31))
    assert load.valid_on(bases["ND179_N1"], date(2025, 1, 1))
    assert load.valid_on(bases["NQ15_LS"], date(2024, 11, 30))
    assert bases["ND263_KS"]["verified"] == bases["ND140_SV"]["verified"] == "no"


def test_calendar_and_periods() -> None:
    """CT06, CT07: last on-time days; domain.md § 3.2: periods, which begin on 01/01/2024 in the first year."""
    year = {row["reporting_year"]: row for row in load.read("reporting_calendar")}["2025"]
    assert (year["agency_deadline_on"], year["last_on_time_on"]) == ("2025-11-30", "2025-11-29")
    assert (year["province_deadline_on"], year["province_last_on_time_on"]) == ("2025-12-12", "2025-12-11")
    periods = {
        (r["period_code"], r["reporting_year"]): (r["period_from"], r["period_to"]) for r in load.read("periods")
    }
    assert periods["KY_LICH", "2025"] == ("2025-01-01", "2025-12-31")
    assert periods["KY_KH", "2025"] == ("2024-12-01", "2025-11-30")
    assert periods["KY_ND09", "2025"] == ("2024-12-15", "2025-12-14")
    assert periods["LUY_KE", "2025"] == ("2024-01-01", "2025-12-31")
    assert periods["KY_ND09", "2024"][0] == "2024-01-01"


def _targets(indicator: str, reading: str, year: int, level: str = "province") -> list[tuple[str, str]]:
    return [
        (row["target_value"], row["target_kind"])
        for row in load.read("targets")
        if (row["indicator_code"], row["reading"], row["target_level"]) == (indicator, reading, level)
        and int(row["reporting_year_from"]) <= year <= int(row["reporting_year_to"] or 9999)
    ]


def test_targets_of_the_plan() -> None:
    assert _targets("CT01", "on_time", 2024) == _targets("CT01", "on_time", 2025, "agency") == [("100", "by_date")]
    assert _targets("CT01", "to_date", 2025) == []
    assert [y for y in range(2024, 2032) if _targets("CT02", "annual_persons", y)] == [2025]
    assert _targets("CT02", "annual_persons", 2025) == [("10", "about")]
    assert [y for y in range(2024, 2032) if _targets("CT03", "tu_2030", y)] == [2030, 2031]
    assert [y for y in range(2024, 2032) if _targets("CT03", "tu_2026", y)] == list(range(2026, 2032))
    assert _targets("CT04", "strict", 2024) == _targets("CT04", "pre_plan", 2025) == [("100", "all")]
    assert _targets("CT04", "months_66", 2030) == _targets("CT04", "interim_1", 2029) == []
    by_year = {y: _targets("CT05", "reading_a", y) for y in range(2024, 2051)}
    assert {y: t for y, t in by_year.items() if t} == {
        2025: [("30", "at_least")],
        2030: [("60", "at_least")],
        2050: [("100", "at_least")],
    }
    assert _targets("CT06", "arrived_and_taken", 2025) == []
    assert _targets("CT06", "arrived_and_taken", 2025, "agency") == [("100", "by_date")]
    assert _targets("CT07", "signed", 2025) == [("100", "by_date")]


def test_open_questions_are_undecided_parameters() -> None:
    """domain.md § 9: fifteen questions; nobody has decided one."""
    rows = load.read("parameters")
    assert {int(row["open_question"]) for row in rows if row["open_question"]} == set(range(1, 16))
    assert {row["decided_by"] for row in rows} == {row["deciding_document"] for row in rows} == {""}
    defaults = {row["parameter"]: row["value"] for row in rows}
    assert defaults["period_code"] == "KY_LICH"
    assert defaults["staff_kinds"] == "cong_chuc;vien_chuc"
    assert defaults["ct03_from"] == "tu_2030"
    assert defaults["ct02_tolerance_points"] == ""
    assert (defaults["ct04_max_gap_days"], defaults["ct04_max_wait_months"]) == ("30", "12")
    assert defaults["st_sectors"] == "LV01;LV06"
    assert defaults["deadline_inclusive"] == "no"


def test_parameter_is_the_latest_not_after_the_day(tmp_path: Path) -> None:
    header = ",".join(load.columns("parameters"))
    row = "ct03_from,a,b,tu_2026,2026-06-01,12/QĐ-SNV,Sở Nội vụ,,,CT03,6,1"
    (tmp_path / "parameters.add.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    assert load.parameter("ct03_from", date(2026, 5, 31), tmp_path) == "tu_2030"
    assert load.parameter("ct03_from", date(2026, 6, 1), tmp_path) == "tu_2026"
    with pytest.raises(load.UnusableList, match="no parameter"):
        load.parameter("nothing", date(2026, 1, 1))


def test_overlay_replaces_adds_and_is_materialised(tmp_path: Path) -> None:
    overlay, out = tmp_path / "reference", tmp_path / "out"
    overlay.mkdir()
    (overlay / "periods.csv").write_text(
        "period_code,reporting_year,period_from,period_to\nP,2024,2024-01-01,2024-06-30\n"
    )
    (overlay / "training_fields.add.csv").write_text("code,label_vi,is_science_technology\nAI,Trí tuệ nhân tạo,yes\n")
    (overlay / "layouts_of_mine.csv").write_text("a,b\n1,2\n")
    assert [row["period_code"] for row in load.read("periods", overlay)] == ["P"]
    assert load.read("periods", overlay)[0]["label_vi"] == ""
    assert load.read("training_fields", overlay)[-1]["code"] == "AI"
    written = load.materialise(out, overlay)
    assert {path.stem for path in written} == {*load.names(), "layouts_of_mine"}
    with (out / "training_fields.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert (len(rows), rows[-1]["label_vi"]) == (len(load.read("training_fields")) + 1, "Trí tuệ nhân tạo")
    first = (out / "agencies.csv").read_bytes()
    load.materialise(out, overlay)
    assert (out / "agencies.csv").read_bytes() == first


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "no header"), ("code,colour\nX,red\n", "colour"), ("code,label_vi\nX\n", "record 2")],
)
def test_an_unusable_overlay_is_said(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "training_fields.add.csv").write_text(text, encoding="utf-8")
    with pytest.raises(load.UnusableList, match=said):
        load.read("training_fields", tmp_path)


def test_obligations_follow_definitions_section_1() -> None:
    def owed(kind: str, day: date) -> set[str]:
        return {r["form"] for r in load.read("obligations") if r["applies_to_kind"] == kind and load.valid_on(r, day)}

    always = {"cover", "B02", "B03", "B04", "B05", "B07", "B07b", "B08", "B09", "B09b", "B12", "B14"}
    larger = always | {"B01", "B01b", "B06", "B11", "B13"}
    assert owed("department", date(2025, 11, 29)) == owed("unit", date(2025, 11, 29)) == larger
    assert owed("district", date(2024, 11, 29)) == larger
    assert owed("district", date(2025, 7, 1)) == owed("commune", date(2025, 6, 30)) == set()
    assert owed("commune", date(2025, 11, 29)) == always
    by_name = {(r["form"], r["agency_code"]) for r in load.read("obligations") if r["agency_code"]}
    only = {agency for form, agency in by_name if form in ("B10", "B15", "KT")}
    assert only == {"SNGV", "SGDDT", "SKHCN~2025-02-28", "SKHCN", "BDT", "SDTTG", "SNV~2025-02-28", "SNV"}
    assert {form for form, agency in by_name if agency == "SNV"} == {"B13", "KT"}
    tasks = {r["applies_to_kind"]: r["task_codes"] for r in load.read("obligations") if r["form"] == "B07"}
    assert tasks["commune"] == "II.1;II.3;II.8"
    assert tasks["department"] == "II.1;II.3;II.4;II.5;II.7;II.8;II.9"


def test_duties_follow_succession() -> None:
    """R10: the owner on the day of the deadline reports the whole year."""

    def owners(task: str, day: date) -> set[str]:
        rows = [r for r in load.read("task_owners") if r["task_code"] == task and load.valid_on(r, day)]
        return {r["agency_code"] or r["applies_to_kind"] for r in rows}

    before, after = date(2025, 2, 28), date(2025, 3, 1)
    assert (owners("III.3", before), owners("III.3", after)) == ({"SKHCN~2025-02-28"}, {"SKHCN"})
    assert (owners("III.7", before), owners("III.7", after)) == ({"STTTT"}, {"SKHCN", "SVHTTDL"})
    assert (owners("III.8", before), owners("III.8", after)) == ({"BDT"}, {"SDTTG"})
    assert owners("III.11", date(2025, 6, 30)) == {"department", "unit", "district"}
    assert owners("III.11", date(2025, 7, 1)) == {"department", "unit", "commune"}
    known = {row["agency_code"] for row in load.read("agencies")}
    for row in load.read("task_owners"):
        assert row["agency_code"] in known or (not row["agency_code"] and row["applies_to_kind"]), row
    for number in range(1, 12):
        assert owners(f"III.{number}", date(2024, 11, 30)), number
        assert owners(f"III.{number}", date(2025, 11, 30)), number


def test_plan_titles_and_wordings_are_the_plans_own() -> None:
    plan = ROOT.parent / "shared" / "plan" / "ke-hoach.md"
    if not plan.is_file():
        pytest.skip(f"the plan's text is not on this machine ({plan}); its wordings cannot be compared")
    text = " ".join(unicodedata.normalize("NFC", plan.read_text(encoding="utf-8")).split())
    for row in load.read("tasks"):
        assert row["section"] == "III" or row["title_vi"] in text, row["task_code"]
    for row in load.read("targets"):
        assert row["wording"] in text, row
