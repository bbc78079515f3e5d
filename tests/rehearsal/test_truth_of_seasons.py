"""The two truths of whole seasons: without faults they are one; with faults they differ where something was lost."""

import json

import pytest

from ingestion.rehearsal.genesis import make_world
from ingestion.rehearsal.registers import make_registers
from ingestion.rehearsal.returns import make_returns
from ingestion.rehearsal.truth_figures import figures
from ingestion.rehearsal.truth_known import facts_known
from ingestion.rehearsal.truth_world import facts_of_world
from tests.rehearsal.seasons import YEARS


def by_name(found: list[dict]) -> dict[tuple, tuple[int, int]]:
    keys = ("indicator_code", "reporting_year", "agency_code", "structure_on")
    return {tuple(f[k] for k in keys): (f["numerator"], f["denominator"]) for f in found}


@pytest.mark.parametrize("seed", [1, 3, 20240131])
def test_without_faults_all_that_is_can_be_known(seed: int):
    years = list(YEARS)
    world = make_world(seed, None, years)
    returns = make_returns(world, seed, years, dict.fromkeys(years, "x"), None)
    registers = make_registers(world, years, returns)
    is_so = by_name(figures(facts_of_world(world, years, {})))
    known = by_name(figures(facts_known(world, years, {}, returns, registers)))
    assert {key: (is_so.get(key, (0, 0)), known.get(key, (0, 0))) for key in is_so.keys() | known.keys()
            if is_so.get(key, (0, 0)) != known.get(key, (0, 0))} == {}  # fmt: skip


@pytest.mark.parametrize("faults", ["none", "typical"])
@pytest.mark.parametrize("side", ["world", "expected"])
def test_numerators_are_parts_and_the_province_is_the_sum(season, faults: str, side: str):
    found = json.loads((season(faults).home.truth / f"{side}.json").read_text())["figures"]
    assert all(0 <= f["numerator"] <= f["denominator"] for f in found)
    rows = by_name(found)
    for indicator in ("CT01", "CT02", "CT03", "CT05", "CT06"):
        for structure in ("as_reported", "2025-12-31"):
            parts = [v for (i, y, a, s), v in rows.items() if (i, y, s) == (indicator, 2025, structure) and a != "LS"]
            assert rows[indicator, 2025, "LS", structure] == (sum(n for n, _ in parts), sum(d for _, d in parts))


def test_the_province_is_the_same_in_every_structure(season):
    rows = by_name(json.loads((season("typical").home.truth / "expected.json").read_text())["figures"])
    for year in YEARS:
        for indicator in ("CT01", "CT02", "CT03", "CT04", "CT05", "CT06", "CT07"):
            assert rows[indicator, year, "LS", "as_reported"] == rows[indicator, year, "LS", f"{year}-12-31"]


def test_faults_take_something_away(season):
    world = json.loads((season("typical").home.truth / "world.json").read_text())["figures"]
    known = json.loads((season("typical").home.truth / "expected.json").read_text())["figures"]
    assert by_name(world) != by_name(known)
