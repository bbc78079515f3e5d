"""Decision 21: what the marts say is what the season knows of itself, numerator and denominator, for three seeds.

``none``: the marts equal the world. ``typical``: they equal what can be known given the faults that were planted.
The truth comes from the season's own bookkeeping, never through our reader or SQL.
"""

import json

import pytest

from tests.year_end.played import SEEDS

KEY = ("indicator_code", "reading", "reporting_year", "period_code", "agency_code", "structure_on")

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


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("faults", "side"), [("none", "world"), ("typical", "expected")])
def test_marts_equal_the_truth(season, seed: int, faults: str, side: str):
    played = season(seed, faults)
    known = truth(played, side)
    periods = {key[:4] + key[5:] for key in known}
    found = {key: value for key, value in played.headline(played.build()).items() if key[:4] + key[5:] in periods}
    assert {key[0] for key in known} == {f"CT0{number}" for number in range(1, 8)}
    assert differences(known, found) == {}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_province_is_the_sum_of_its_agencies(season, seed: int):
    figures = truth(season(seed, "typical"), "expected")
    for key in [key for key in figures if key[4] == "LS" and key[0] not in ("CT07",)]:
        parts = [
            value for other, value in figures.items() if other[4] != "LS" and other[:4] + other[5:] == key[:4] + key[5:]
        ]
        assert (sum(n for n, _ in parts), sum(d for _, d in parts)) == figures[key], key
