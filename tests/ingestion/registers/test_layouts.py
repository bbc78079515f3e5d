"""A layout is data that says every field and every column; a wrong one stops the run with a sentence."""

import textwrap
from datetime import date

import pytest

from expectations.errors import OperatorError
from ingestion.registers.layout import SHIPPED, dataset_of, layouts_of, stem_of
from tests.inboxes import Season, file_of, rules_of

LAYOUT = """
    layout: so_quan_ly
    dataset: staff_snapshots
    files: ["ds_can_bo*.csv"]
    format: csv
    delimiter: ";"
    columns:
      snapshot_on: {constant: "2025-06-30"}
      national_id: {header: Ma so, transforms: [upper]}
      identity_kind: {constant: register}
      agency_code: {header: Don vi, map: {Phong mot: SNV, Phong hai: STC}}
      staff_kind: {header: Loai, map: {CC: cong_chuc}, otherwise: vien_chuc}
      status: {constant: dang_lam_viec}
      started_on: {header: Ngay vao, dates: ["%m/%d/%Y"]}
    absent: [full_name]
    ignored: [Ghi chu]
"""
FILE = "Ma so;Don vi;Loai;Ngay vao;Ghi chu\nab1;Phong mot;CC;4/13/2020;\nab2;Phong hai;LD;12/1/2021;x\n"


def add_layout(season: Season, text: str) -> None:
    folder = season.home.reference / "layouts"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "so.yml").write_text(textwrap.dedent(text), encoding="utf-8")


def test_a_layout_of_the_home_makes_fields_of_foreign_columns(season: Season):
    add_layout(season, LAYOUT)
    season.put("ds_can_bo_06.csv", FILE)
    result = file_of(season.collect(), "ds_can_bo_06.csv")
    assert (result.kind, result.outcome, rules_of(result)) == ("staff_snapshots", "accepted", set())
    rows = season.rows("staff_snapshots", '"row"')
    assert [(r["agency_code"], r["staff_kind"], r["started_on"]) for r in rows] == [
        ("SNV", "cong_chuc", date(2020, 4, 13)),
        ("STC", "vien_chuc", date(2021, 12, 1)),
    ]


def test_a_column_the_layout_does_not_know_stops_the_file(season: Season):
    add_layout(season, LAYOUT)
    season.put("ds_can_bo_06.csv", FILE.replace("Ghi chu", "Que quan"))
    assert rules_of(file_of(season.collect(), "ds_can_bo_06.csv")) == {"TEP-COT_LA_SO"}


def test_a_word_outside_the_map_is_judged_by_the_code_list(season: Season):
    add_layout(season, LAYOUT.replace(", otherwise: vien_chuc", ""))
    season.put("ds_can_bo_06.csv", FILE)
    result = file_of(season.collect(), "ds_can_bo_06.csv")
    assert [(f.rule, f.cell, f.value) for f in result.findings] == [("SS-STAFF_KIND-CODE", "C3", "LD")]


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("absent: [full_name]", "absent: []", "full_name"),
        ("absent: [full_name]", "absent: [full_name, status]", "status"),
        ("started_on: {header", "started: {header", "started"),
        ("{constant: register}", "{constant: register, header: Loai}", "exactly one"),
        ("dataset: staff_snapshots", "dataset: staff", "staff"),
        ("delimiter: ", "separator: ", "separator"),
        ("      status: {constant: dang_lam_viec}\n", "", "status"),
    ],
)
def test_a_layout_that_does_not_say_all_is_refused_by_name(season: Season, was, becomes, said):
    add_layout(season, LAYOUT.replace(was, becomes))
    season.put("ds_can_bo_06.csv", FILE)
    with pytest.raises(OperatorError, match=r"so\.yml") as refused:
        season.collect()
    assert said in str(refused.value)


def test_shipped_layouts_are_layouts():
    shipped = layouts_of(SHIPPED / "none")
    assert {item.layout for item in shipped} == {path.stem for path in SHIPPED.glob("*.yml")}
    assert shipped


@pytest.mark.parametrize(
    ("name", "dataset"),
    [
        ("recruitment_register.csv", "recruitment_register"),
        ("Recruitment_Register_SNV_Q1.XLSX", "recruitment_register"),
        ("register_coverage_2025.csv", "register_coverage"),
        ("staff_snapshot_2025-12-31.parquet", "staff_snapshots"),
        ("training_records.csv.gz", "training_records"),
        ("person_assignments_dinh_lap.csv", "person_assignments"),
        ("SNV.xlsx", None),
        ("so tuyen dung.csv", None),
        ("recruitment_register.pdf", None),
    ],
)
def test_names_announce_datasets(name, dataset):
    assert dataset_of(name, []) == dataset


def test_the_stem_is_the_name_without_its_format():
    assert {stem_of(n) for n in ("A_b.csv", "a_B.csv.gz", "a_b.XLSX", "a_b.parquet")} == {"a_b"}


def test_a_layout_holds_from_its_first_day_to_the_day_before_its_last(season: Season):
    """The same file name; the headers changed on 01/10/2025, the file arrives on 25/11/2025."""
    add_layout(season, LAYOUT.replace("format: csv", "format: csv\n    valid_to: 2025-10-01"))
    newer = LAYOUT.replace("Loai", "Nhom").replace("format: csv", "format: csv\n    valid_from: 2025-10-01")
    (season.home.reference / "layouts" / "so_moi.yml").write_text(textwrap.dedent(newer), encoding="utf-8")
    season.put("ds_can_bo_06.csv", FILE)
    season.put("ds_can_bo_12.csv", FILE.replace("Loai", "Nhom"))
    report = season.collect()
    assert file_of(report, "ds_can_bo_12.csv").outcome == "accepted"
    refused = file_of(report, "ds_can_bo_06.csv")
    assert rules_of(refused) == {"TEP-COT_LA_SO", "TEP-THIEU_COT_SO"}
    assert any("Loai" in f.message for f in refused.findings) and any("Nhom" in f.message for f in refused.findings)


def test_a_layout_that_never_holds_is_refused(season: Season):
    add_layout(
        season, LAYOUT.replace("format: csv", "format: csv\n    valid_from: 2025-10-01\n    valid_to: 2025-10-01")
    )
    season.put("ds_can_bo_06.csv", FILE)
    with pytest.raises(OperatorError, match="valid_from"):
        season.collect()
