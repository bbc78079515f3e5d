"""One page of the typical year for all tests of this folder, and its parts as a parser sees them."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporting import page
from reporting.public import publishable
from reporting.publication.facts import EditionFacts
from reporting.warehouse import Report
from tests.reporting import report_tables
from tests.reporting.page.parsed import Parsed, parse

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
DRAFT = EditionFacts(2025, 0, "2025-0007-0123abcd", "2025-12-10T09:00:00+07:00", "0123456789abcdef", "00aa11bb22cc")


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    database = report_tables.write(tmp_path_factory.mktemp("page") / "warehouse.duckdb")
    return publishable(database)


@pytest.fixture(scope="session")
def html_file(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "index.html"
    page.write(report, path, APPROVED)
    return path


@pytest.fixture(scope="session")
def draft_file(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("draft") / "index.html"
    page.write(report, path, DRAFT)
    return path


@pytest.fixture(scope="session")
def parsed(html_file: Path) -> Parsed:
    return parse(html_file.read_text(encoding="utf-8"))
