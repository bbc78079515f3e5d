"""A published year, a registry found wrong, the year published again (F16, M24, R16): nothing of before is altered."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from expectations.builds import all_builds
from expectations.reference import editing
from expectations.reference.edits import ADD, CORRECTION, REMOVE, Step
from orchestration import approvals, publishing, review, warehouse
from reporting.verify import verify
from tests.year_end.played import PROJECT, YEAR, Played

STRUCTURE = f"{YEAR}-12-31"


def rows_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every mart, by its name."""
    with duckdb.connect(str(path), read_only=True) as connection:
        names = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'marts' order by 1"
        ).fetchall()
        assert len(names) > 40
        return {name: connection.execute(f"select * from marts.{name} order by all").fetchall() for (name,) in names}


def recruits(path: Path) -> dict[str, int]:
    """Persons recruited in the year, by the body of the year's end that they are shown with."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return dict(
            connection.execute(
                "select agency_code, denominator from marts.fct_indicator_values where indicator_code = 'CT02'"
                " and reading = 'annual_persons' and period_code = 'KY_LICH' and reporting_year = ?"
                " and structure_on = ? and denominator > 0",
                [YEAR, STRUCTURE],
            ).fetchall()
        )


def reported(path: Path) -> dict[str, int]:
    """The same persons with the employer of their own day."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return dict(
            connection.execute(
                "select agency_code, denominator from marts.fct_indicator_values where indicator_code = 'CT02'"
                " and reading = 'annual_persons' and period_code = 'KY_LICH' and reporting_year = ?"
                " and structure_on = 'as_reported' and denominator > 0",
                [YEAR],
            ).fetchall()
        )


def test_M24_a_correction_restates_what_follows_and_nothing_that_was_known_before(published_season: Played):
    out = published_season
    (first,) = all_builds(out.home, YEAR)
    known_at = datetime.fromisoformat(first.manifest["known_at"])
    edition = {path: path.read_bytes() for path in out.home.edition(YEAR, 1).rglob("*") if path.is_file()}
    before, shown = rows_of(first.warehouse), recruits(first.warehouse)
    old = next(row for row in _successions(out) if reported(first.warehouse).get(row[0]))
    moved = reported(first.warehouse)[old[0]]
    other = next(code for code in sorted(shown) if code not in (old[1], "LS") and "#" not in code and "+" not in code)

    steps = [Step("agency_successions", REMOVE, old)]
    steps.append(Step("agency_successions", ADD, (old[0], other, *old[2:]), (("verified", "no"),)))
    said = {"by": "Phòng Tổ chức", "reason": "Nghị quyết ghi rõ đơn vị nhận", "legal_act": "NQ 04"}
    editing.record(out.home, CORRECTION, steps, editing.Signed(**said, at=known_at + timedelta(hours=1)))

    out.collect()
    second = out.build()
    verdict = out.review()
    assert verdict["open"], verdict["findings"]
    approvals.approve(out.home, YEAR, "Người ký mẫu")
    assert publishing.publish(out.home, YEAR).edition == 2
    expected = {**shown, old[1]: shown.get(old[1], 0) - moved, other: shown[other] + moved}
    assert recruits(second.warehouse) == {code: count for code, count in expected.items() if count}

    then = warehouse.build_warehouse(out.home, YEAR, as_known=known_at, project=PROJECT)
    assert review.review_build(out.home, YEAR, then.build_id)["open"], "counted a second time from what was known then"
    again = rows_of(then.warehouse)
    assert [name for name in before if again[name] != before[name]] == []
    assert {path: path.read_bytes() for path in edition} == edition
    assert verify(out.home).problems == []


def _successions(out: Played) -> list[tuple[str, ...]]:
    """Bodies that ended within the year and went into one other, as keys of the list."""
    from expectations.reference import load

    rows = [row for row in load.read("agency_successions", out.home.reference) if row["kind"] == "hop_nhat"]
    single = [row for row in rows if sum(one["predecessor_code"] == row["predecessor_code"] for one in rows) == 1]
    names = ("predecessor_code", "successor_code", "effective_on", "kind")
    return [tuple(row[name] for name in names) for row in single]
