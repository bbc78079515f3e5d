"""Which mutants are drawn: by seed, at least one of every intermediate and mart model, then any."""

from __future__ import annotations

import random

from tests.mutants.operators import Mutant, mutant, possible
from tests.warehouse.compiled import Project

LAYERS = ("intermediate", "marts")
Place = tuple[str, int, str]


def pool(project: Project) -> list[Place]:
    """Return (model, place, kind) of every fault that is possible in the intermediate and mart models."""
    return [
        (model.name, place, kind)
        for model in project.models.values()
        if model.layer in LAYERS
        for place, kind in possible(model.sql)
    ]


def drawn(project: Project, seed: int, count: int, of: set[str] | None = None) -> list[Mutant]:
    """Return `count` different mutants; with `of`, only of these models."""
    places = [one for one in pool(project) if of is None or one[0] in of]
    random.Random(seed).shuffle(places)
    first = list({model: (model, place, kind) for model, place, kind in reversed(places)}.values())
    rest = [one for one in places if one not in set(first)]
    return [mutant(model, project.models[model].sql, place, kind) for model, place, kind in (first + rest)[:count]]
