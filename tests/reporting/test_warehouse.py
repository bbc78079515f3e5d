"""Reading the report models: what must be there, and texts that every format can hold."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from reporting import annex, document
from reporting.public import publishable
from reporting.warehouse import ReportModelError, read_report
from tests.reporting import report_tables
from tests.reporting.document.conftest import FACTS


def test_a_model_without_a_column_is_named(tmp_path: Path) -> None:
    path = report_tables.write(tmp_path / "w.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute("alter table reports.rpt_annual__trainings drop column hours")
    with pytest.raises(ReportModelError, match="trainings lacks the columns"):
        read_report(path)


def test_an_absent_model_is_named(tmp_path: Path) -> None:
    path = report_tables.write(tmp_path / "w.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute("drop table reports.rpt_annual__tasks")
    with pytest.raises(ReportModelError, match="rpt_annual__tasks"):
        read_report(path)


def test_a_year_without_figures_is_not_a_report(tmp_path: Path) -> None:
    path = report_tables.write(tmp_path / "w.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute("delete from reports.rpt_annual__indicators")
    with pytest.raises(ReportModelError, match="was the year built"):
        read_report(path)


def test_control_characters_of_a_cell_never_spoil_a_document(tmp_path: Path) -> None:
    wicked = "12/KH\x0b\x00-\x1fSNV <&> Ho\u0061\u0300"
    plans = [row | {"plan_number": wicked.replace("\x00", "\x01")} for row in report_tables.process()["plans"]]
    report = publishable(report_tables.write(tmp_path / "w.duckdb", plans=plans))
    assert report.plans[0]["plan_number"] == "12/KH  - SNV <&> Hoà"
    document.write(report, tmp_path / "a.docx", FACTS)
    annex.write(report, tmp_path / "a.xlsx", FACTS)


def test_the_file_is_closed_and_untouched(tmp_path: Path) -> None:
    path = report_tables.write(tmp_path / "w.duckdb")
    before = path.read_bytes()
    read_report(path)
    assert path.read_bytes() == before and not path.with_suffix(".duckdb.wal").exists()
    duckdb.connect(str(path)).close()
