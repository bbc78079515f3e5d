"""The two truths of whole seasons: without faults they are one; with faults they differ where something was lost."""

import json
from datetime import date, timedelta

import pytest

from ingestion.rehearsal.genesis import make_world
from ingestion.rehearsal.organisation import OPEN
from ingestion.rehearsal.papers import person_of
from ingestion.rehearsal.registers import make_registers
from ingestion.rehearsal.returns import make_returns
from ingestion.rehearsal.truth_figures import figures
from ingestion.rehearsal.truth_known import facts_known
from ingestion.rehearsal.truth_world import facts_of_world
from ingestion.rehearsal.world import Departure, Talent, World
from tests.rehearsal.seasons import YEARS


def by_name(found: list[dict]) -> dict[tuple, tuple[int, int]]:
    keys = ("indicator_code", "reporting_year", "agency_code", "structure_on")
    return {tuple(f[k] for k in keys): (f["numerator"], f["denominator"]) for f in found}


@pytest.mark.parametrize(("seed", "agencies"), [(1, None), (7, None), (4711, None), (20240131, None), (3, 12)])
def test_without_faults_all_that_is_can_be_known(seed: int, agencies: int | None):
    years = list(YEARS)
    world = make_world(seed, agencies, years)
    returns = make_returns(world, seed, years, dict.fromkeys(years, "x"), None)
    registers = make_registers(world, years, returns)
    is_so = by_name(figures(facts_of_world(world, years, {})))
    known = by_name(figures(facts_known(world, years, {}, returns, registers)))
    assert {key: (is_so.get(key, (0, 0)), known.get(key, (0, 0))) for key in is_so.keys() | known.keys()
            if is_so.get(key, (0, 0)) != known.get(key, (0, 0))} == {}  # fmt: skip


def one_comes_and_goes_between_two_lists(world: World) -> Talent:
    """Let a talent of 2024 start three days after the employer's list closed, and leave before the next one."""
    talent = next(
        t for t in world.talents
        if t.recruitment is not None and t.attraction_on is not None and t.attraction_on.year == 2024
        and world.organisation.bodies[t.recruitment.body].valid_to == OPEN and t.recruitment.counts
    )  # fmt: skip
    post, decision = talent.employment, talent.recruitment
    assert decision is not None
    start = world.sendings[2024, decision.body].figures_as_of + timedelta(days=3)
    post.started_on, post.posts, post.left_on = start, [(start, decision.body)], date(2025, 8, 16)
    talent.listed_from = decision.effective_on = start
    talent.attraction_on = decision.decided_on = start - timedelta(days=10)
    talent.recognised_on = None
    world.trainings = [t for t in world.trainings if t.person is not talent.person]
    world.departures = [d for d in world.departures if d.person is not talent.person]
    gone = Departure(talent.person, decision.body, "thoi_viec", post.left_on, "khu_vuc_tu", None, "1/QĐ-SNV")
    world.departures.append(gone)
    return talent


def test_who_comes_after_one_closing_day_and_is_gone_on_the_next_is_on_the_next_list():
    """B03: in service at figures_as_of, or came and left; a leaver whom no list carries would polish every rate."""
    years = list(YEARS)
    world = make_world(7, 8, years)
    person = one_comes_and_goes_between_two_lists(world).person
    returns = make_returns(world, 7, years, dict.fromkeys(years, "x"), None)
    assert {one.sending.year for one in returns for row in one.rows("B03") if person_of(row) is person} == {2025}
    registers = make_registers(world, years, returns)
    known = by_name(figures(facts_known(world, years, {}, returns, registers)))
    assert known == by_name(figures(facts_of_world(world, years, {})))


@pytest.mark.parametrize("seed", [7, 4711, 20240131])
def test_every_talent_of_the_world_is_on_a_list(seed: int):
    years = list(YEARS)
    world = make_world(seed, None, years)
    returns = make_returns(world, seed, years, dict.fromkeys(years, "x"), None)
    assert {t.person for t in world.talents} == {person_of(row) for one in returns for row in one.rows("B03")}


def test_who_was_on_the_list_before_and_has_left_is_not_listed_again():
    years = list(YEARS)
    world = make_world(20240131, None, years)
    returns = make_returns(world, 20240131, years, dict.fromkeys(years, "x"), None)
    listed = {(one.sending.year, person_of(row)) for one in returns for row in one.rows("B03")}
    gone = [
        talent for talent in world.talents
        if (left := talent.employment.left_on) is not None and talent.newest_fact(left) < date(left.year - 1, 10, 1)
    ]  # fmt: skip
    assert gone
    assert not {(t.employment.left_on.year, t.person) for t in gone if t.employment.left_on} & listed


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
