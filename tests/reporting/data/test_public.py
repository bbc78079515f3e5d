"""All public files of an edition from one call: exactly the declared ones, and the same bytes twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporting import disclosure
from reporting.disclosure import UnreviewedTable
from reporting.public import PAGES, write_public
from reporting.warehouse import ReportModelError
from tests.reporting.data.conftest import APPROVED


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_everything_that_is_declared_and_nothing_else_twice_the_same(database: Path, tmp_path: Path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_public(database, tmp_path / name, APPROVED)
    one, two = files(tmp_path / "one"), files(tmp_path / "two")
    assert set(PAGES) < one.keys() and len(one) == len(PAGES) + 44
    assert [name for name in one if one[name] != two[name]] == []
    assert all(one.values())


def test_a_model_without_a_record_stops_the_edition_g13(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delitem(disclosure.RECORDS, "budgets")
    with pytest.raises(UnreviewedTable, match="budgets"):
        write_public(database, tmp_path, APPROVED)
    assert files(tmp_path) == {}


def test_a_build_without_report_models_stops_the_edition(tmp_path: Path):
    import duckdb

    duckdb.connect(str(tmp_path / "empty.duckdb")).close()
    with pytest.raises(ReportModelError):
        write_public(tmp_path / "empty.duckdb", tmp_path, APPROVED)
