"""The typical year as document, workbook and sign-off page, written once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporting import annex, document, signoff
from reporting.public import publishable
from reporting.publication.facts import EditionFacts
from reporting.totals import with_totals
from reporting.warehouse import Report, read_report
from tests.reporting import report_tables

FACTS = EditionFacts(
    2025, 1, "2025-0001-0123abcd", "2025-12-10T09:00:00+07:00", "0123456789ab", "00aa11bb22cc", "Người ký mẫu",
    "2025-12-10T16:30:00+07:00",
)  # fmt: skip


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report_tables.write(tmp_path_factory.mktemp("document") / "warehouse.duckdb")


@pytest.fixture(scope="session")
def report(database: Path) -> Report:
    return publishable(database)


@pytest.fixture(scope="session")
def docx_file(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("docx") / "bao-cao.docx"
    document.write(report, path, FACTS)
    return path


@pytest.fixture(scope="session")
def xlsx_file(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("xlsx") / "phu-luc.xlsx"
    annex.write(report, path, FACTS)
    return path


@pytest.fixture(scope="session")
def signoff_file(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("signoff") / signoff.NAME
    signoff.write(with_totals(read_report(database)), path, FACTS)
    return path
