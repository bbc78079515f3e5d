"""Decision 21: what the marts say is what the season knows of itself, numerator and denominator, for three seeds.

``none``: the marts equal the world. ``typical``: they equal what can be known given the faults that were planted.
The truth comes from the season's own bookkeeping, never through our reader or SQL.
"""

import json
from decimal import Decimal

import duckdb
import pytest

from expectations.contracts.load import load
from expectations.gates.year_checks import year_checks
from tests.year_end.played import SEEDS

KEY = ("indicator_code", "reading", "reporting_year", "period_code", "agency_code", "structure_on")

DATASETS = {
    "nominations", "commendations", "violations", "overseas_talents", "communications", "proposals",
    "policy_documents", "policy_grants", "talent_pools", "inspections",
}  # fmt: skip
RARE = "violations"
"""One agency in eight has something to tell of it: in a season of eight agencies it may be nobody."""

pytestmark = pytest.mark.season


def truth(season, name: str) -> dict[tuple, tuple[int, int]]:
    figures = json.loads((season.home.truth / f"{name}.json").read_text())["figures"]
    kept = [figure for figure in figures if figure["reporting_year"] <= 2025]
    return {tuple(figure[key] for key in KEY): (figure["numerator"], figure["denominator"]) for figure in kept}


def differences(known: dict, found: dict) -> dict:
    """Figures that differ; a row that is absent counts 0 of 0."""
    return {
        "/".join(map(str, key)): {"truth": known.get(key), "marts": found.get(key)}
        for key in sorted(known.keys() | found.keys(), key=str)
        if known.get(key, (0, 0)) != found.get(key, (0, 0))
    }


def open_questions(build, rule: str) -> int:
    """How many rows a check of gate 2 would ask about."""
    check = next(each.check for each in year_checks(2025) if each.check.id == rule)
    with duckdb.connect(str(build.warehouse), read_only=True) as connection:
        asked = f"SELECT count(*) FROM {check.relation} WHERE {check.predicate}"
        return connection.execute(asked).fetchall()[0][0]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("faults", "side"), [("none", "world"), ("typical", "expected")])
def test_marts_equal_the_truth(season, seed: int, faults: str, side: str):
    played = season(seed, faults)
    known = truth(played, side)
    periods = {key[:4] + key[5:] for key in known}
    build = played.build()
    found = {key: value for key, value in played.headline(build).items() if key[:4] + key[5:] in periods}
    assert {key[0] for key in known} == {f"CT0{number}" for number in range(1, 8)}
    assert differences(known, found) == {}
    assert open_questions(build, "YEAR-B02-REGISTER") == 0
    assert open_questions(build, "YEAR-CORRECTION-OWED") == 0
    assert forms_in_the_marts(build) == forms_told(played, side)


def forms_told(season, name: str) -> dict[tuple, tuple]:
    """Rows, and the sum of every number, of each form beside the indicators (B08–B15, KT), by year and sender."""
    told = json.loads((season.home.truth / f"{name}.json").read_text())["forms"]
    assert DATASETS - {RARE} <= {one["dataset"] for one in told} <= DATASETS
    return {
        (one["dataset"], one["reporting_year"], one["agency_code"]): (
            one["rows"],
            {field: Decimal(total) for field, total in one["sums"].items()},
        )
        for one in told
        if one["reporting_year"] <= 2025
    }


def forms_in_the_marts(build) -> dict[tuple, tuple]:
    found: dict[tuple, tuple] = {}
    with duckdb.connect(str(build.warehouse), read_only=True) as connection:
        for dataset in sorted(DATASETS):
            numeric = [field.name for field in load(dataset).fields if field.type in ("integer", "decimal")]
            sums = ", ".join(f'sum(marts."{column}")' for column in numeric)
            rows = connection.execute(
                f"select marts.reporting_year, files.agency_code, count(*), {sums or 0}"
                f" from marts.fct_{dataset} as marts"
                " left join staging.stg_accepted__submissions as files using (submission_id, reporting_year)"
                " where marts.reporting_year <= 2025 group by all"
            ).fetchall()
            for year, agency, count, *totals in rows:
                summed = {n: Decimal(t) for n, t in zip(numeric, totals, strict=False) if t is not None}
                found[dataset, year, agency] = (count, summed)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_the_province_is_the_sum_of_its_agencies(season, seed: int):
    figures = truth(season(seed, "typical"), "expected")
    for key in [key for key in figures if key[4] == "LS" and key[0] not in ("CT07",)]:
        parts = [
            value for other, value in figures.items() if other[4] != "LS" and other[:4] + other[5:] == key[:4] + key[5:]
        ]
        assert (sum(n for n, _ in parts), sum(d for _, d in parts)) == figures[key], key
