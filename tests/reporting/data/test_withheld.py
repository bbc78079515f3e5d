"""X14, G13 and disclosure in the data files: no formula, no table without a record, no withheld value."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reporting import data, disclosure
from reporting.data.files import unescaped, write_csv
from reporting.data.records import records
from reporting.data.resources import STATUS, Field, Resource, resources
from reporting.disclosure import HIDDEN, UnreviewedTable
from reporting.public import PAGES, publishable, refuse_undeclared
from reporting.tables.registry import TABLES
from reporting.warehouse import AS_REPORTED, Report
from tests.reporting import report_tables
from tests.reporting.data.conftest import APPROVED
from tests.reporting.data.test_package import read_csv

RISKY = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]


def resource(name: str) -> Resource:
    return next(one for one in resources() if one.name == name)


@pytest.mark.parametrize("sign", RISKY)
def test_no_text_of_a_csv_is_a_formula_x14(tmp_path: Path, sign: str):
    text = f"{sign}cmd|' /C calc'!A0"
    write_csv(tmp_path / "t.csv", [Field("name", "string", "Tên", "Name")], [{"name": text}])
    content = (tmp_path / "t.csv").read_bytes().decode("utf-8-sig")
    (_, (cell,)) = list(csv.reader(io.StringIO(content, newline="")))
    assert cell == "'" + text and unescaped(cell) == text


def test_a_text_with_an_apostrophe_comes_back_whole(tmp_path: Path):
    write_csv(tmp_path / "t.csv", [Field("name", "string", "Tên", "Name")], [{"name": "'=1"}, {"name": "L'A"}])
    cells = [row["name"] for row in read_csv(tmp_path / "t.csv")]
    assert cells == ["''=1", "L'A"] and [unescaped(cell) for cell in cells] == ["'=1", "L'A"]


def test_what_an_agency_wrote_is_safe_in_csv_and_whole_in_parquet(tmp_path: Path):
    import pyarrow.parquet as pq

    plans = [{**row, "plan_number": "=cmd|' /C calc'!A0"} for row in report_tables.process()["plans"]]
    report = publishable(report_tables.write(tmp_path / "w.duckdb", plans=plans))
    data.write(report, tmp_path, APPROVED)
    assert {row["plan_number"] for row in read_csv(tmp_path / "data/plans.csv")} == {"'=cmd|' /C calc'!A0"}
    assert set(pq.read_table(tmp_path / "data/plans.parquet")["plan_number"].to_pylist()) == {"=cmd|' /C calc'!A0"}


def test_no_cell_of_any_csv_begins_like_a_formula(folder: Path):
    for path in (folder / "data").glob("*.csv"):
        for row in read_csv(path):
            assert not [cell for cell in row.values() if cell.startswith(tuple(RISKY))], path.name


def test_withheld_values_are_empty_and_say_c(report: Report, folder: Path):
    rows = {(r["structure_on"], r["agency_code"]): r for r in read_csv(folder / "data/recruitment_by_agency.csv")}
    withheld = 0
    for row in report.recruitment_by_agency:
        written = rows[row["structure_on"], row["agency_code"]]
        for name, value in row.items():
            if value is HIDDEN:
                withheld += 1
                assert (written[name], written[name + STATUS]) == ("", "c")
            elif isinstance(value, int) and name != "sort_order":
                assert (written[name], written[name + STATUS]) == (str(value), "")
    assert withheld > 20


def test_a_withheld_own_result_is_withheld_and_its_verdict_follows_the_print(report: Report):
    rows = records(report, resource("own_targets"))
    printed = TABLES["XVI"]["own_targets"](report).rows
    hidden = [own["achieved_value"] is HIDDEN for own in report.own_targets]
    assert any(hidden)
    for row, cells, is_hidden in zip(rows, printed, hidden, strict=True):
        if is_hidden:
            assert (row["achieved_value"], row["achieved_value_status"]) == (None, "c")
        if cells.cells["state"].text() == "c":
            assert (row["state_vi"], row["state_vi_status"]) == (None, "c")
    lapsed = next(row for row in rows if row["agency_code"] == "STTTT")
    assert lapsed["achieved_value"] is None and lapsed["achieved_value_status"] == "ktđ"


def test_every_table_withholds_where_the_report_does(report: Report):
    for one in resources():
        model = getattr(report, one.model)
        hidden = sum(
            value is HIDDEN for row in model for name, value in row.items() if name in {f.name for f in one.fields}
        )
        signs = sum(r.get(f.name + STATUS) == "c" for r in records(report, one) for f in one.fields)
        assert signs >= hidden, one.name


def test_silence_is_not_zero_in_the_data_either(tmp_path: Path):
    rows = report_tables.recruitment()
    chosen = next(
        r for r in rows if r["structure_on"] == AS_REPORTED and r["agency_code"] != "LS" and r["recruits"] > 15
    )
    chosen["note_vi"] = "Chưa gửi danh sách nhân tài"
    report = publishable(report_tables.write(tmp_path / "w.duckdb", recruitment_by_agency=rows))
    made = next(
        r for r in records(report, resource("recruitment_by_agency"))
        if (r["structure_on"], r["agency_code"]) == (AS_REPORTED, chosen["agency_code"])
    )  # fmt: skip
    assert made["talents"] is None and made["talents_status"] in ("...", "c")


def test_a_true_nought_is_a_nought(folder: Path):
    rows = read_csv(folder / "data/submissions.csv")
    assert {row["times_sent"] for row in rows if not row["first_accepted_on"]} == {"0"}
    indicator = next(r for r in read_csv(folder / "data/indicators.csv") if r["indicator_code"] == "CT04")
    assert (indicator["value"], indicator["value_status"], indicator["denominator"]) == ("", "cđh", "0")


def test_a_table_without_a_record_is_refused_and_nothing_written_g13(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delitem(disclosure.RECORDS, "trainings")
    with pytest.raises(UnreviewedTable, match="trainings"):
        data.write(report, tmp_path, APPROVED)
    assert list(tmp_path.iterdir()) == []


def test_an_internal_table_is_refused_g13(report: Report):
    added = Resource("x", "reconciliation", "Đối chiếu", "x", (("XIII", "data_quality"),), (), ())
    with pytest.raises(UnreviewedTable, match="reconciliation"):
        records(report, added)


def test_a_withheld_value_that_no_printed_cell_guards_is_refused(report: Report):
    bare = replace(resource("departures"), fields=(Field("persons", "integer", "Số người", "Persons"),))
    with pytest.raises(UnreviewedTable, match="persons"):
        records(report, bare)


def declared() -> list[str]:
    return [*PAGES, *(f"data/{one.name}.{kind}" for one in resources() for kind in ("csv", "parquet"))]


def folder_with(root: Path, names: list[str]) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"x")
    return root


def test_exactly_the_declared_files_pass(tmp_path: Path):
    refuse_undeclared(folder_with(tmp_path, declared()))


@pytest.mark.parametrize("extra", ["data/reconciliation.csv", "data/talents.parquet", "people.xlsx", ".hidden/x"])
def test_a_file_that_nobody_declared_is_refused_g13(tmp_path: Path, extra: str):
    with pytest.raises(UnreviewedTable, match=extra):
        refuse_undeclared(folder_with(tmp_path, [*declared(), extra]))


@pytest.mark.parametrize("gone", ["index.html", "data/tasks.csv"])
def test_a_missing_file_is_refused(tmp_path: Path, gone: str):
    with pytest.raises(UnreviewedTable, match=gone):
        refuse_undeclared(folder_with(tmp_path, [name for name in declared() if name != gone]))


def test_types_of_the_resource_file_are_checked():
    from reporting.data.resources import _resource

    spec: dict[str, Any] = {
        "model": "tasks",
        "title": {"vi": "x", "en": "x"},
        "printed": [["VI", "tasks"]],
        "key": ["a"],
    }
    with pytest.raises(ValueError, match=r"resources\.yml"):
        _resource("x", spec | {"fields": [["a", "strng", "x", "x"]]})
    with pytest.raises(ValueError, match=r"resources\.yml"):
        _resource("x", spec | {"fields": [["b", "string", "x", "x"]]})
