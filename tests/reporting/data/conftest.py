"""The data files of the typical year for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporting import data
from reporting.public import publishable
from reporting.publication.facts import EditionFacts
from reporting.warehouse import Report
from tests.reporting import report_tables

APPROVED = EditionFacts(
    year=2025,
    number=2,
    build_id="2025-0007-0123abcd",
    known_at="2025-12-10T09:00:00+07:00",
    code_version="0123456789abcdef",
    rule_version="00aa11bb22cc",
    approved_by="Nguyễn Mẫu Một",
    approved_at="2025-12-10T16:30:00+07:00",
)


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report_tables.write(tmp_path_factory.mktemp("data") / "warehouse.duckdb")


@pytest.fixture(scope="session")
def report(database: Path) -> Report:
    return publishable(database)


@pytest.fixture(scope="session")
def folder(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("public")
    data.write(report, made, APPROVED)
    return made
