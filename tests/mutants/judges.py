"""Who notices a mutant: unit tests of its model, then contracts, data tests, tests and the recount on three seasons.

Lives here: the seasons and what is asked of them. A mutant that changes no table of any season and no unit test is told
apart from one that changes a table nobody asks about. Does not live here: the tests themselves.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import duckdb

from tests.mutants.operators import Mutant
from tests.warehouse import test_reorganisation as reorganisation
from tests.warehouse import test_retention_of_talents as retention
from tests.warehouse import test_worked_examples as worked
from tests.warehouse.compiled import Project, Warehouse
from tests.warehouse.season import Season
from tests.warehouse.unit_runner import UnitRunner

HEADLINES = """
    select indicator_code, reading, reporting_year, period_code, agency_code, structure_on, numerator, denominator
    from marts.fct_indicator_values
    where is_headline and indicator_code like 'CT%'
    order by all
"""


@dataclass
class Recorded(Season):
    """A season that is only filled: what its fixture would have built is remembered."""

    asked: tuple[int, str] = (0, "")

    def build_or_fail(self, year: int, known_at: str, *, unit_tests: bool = False) -> None:
        """Remember instead of building."""
        self.asked = (year, known_at)


def recorded(module: ModuleType, like: Season) -> Recorded:
    """Fill a season as the `marts` fixture of a test module does."""
    season = Recorded(home=like.home, target=like.target)
    module.marts._get_wrapped_function()(season)
    return season


@dataclass
class SeasonJudge:
    """A built season, the tests that look at it, and what its tables and headline figures were."""

    season: Recorded
    module: ModuleType
    warehouse: Warehouse
    digests: dict[str, str] = field(default_factory=dict)
    headlines: list[tuple[Any, ...]] = field(default_factory=list)

    @classmethod
    def of(cls, module: ModuleType, project: Project, like: Season) -> SeasonJudge:
        """Build a season and see that its own tests hold."""
        season = recorded(module, like)
        judge = cls(season, module, Warehouse(project))
        judge.warehouse.fill(season, *season.asked)
        judge.warehouse.run()
        judge.digests = {name: judge._digest(name) for name in project.models}
        judge.headlines = judge.warehouse.query(HEADLINES)
        for check in judge.checks():
            check(judge.warehouse)
        return judge

    def checks(self) -> list[Callable[[Any], None]]:
        """Return the tests of the module that look at the built season and at nothing else."""
        found = inspect.getmembers(self.module, inspect.isfunction)
        return [test for name, test in found if name.startswith("test_") and list(_asked(test)) == ["marts"]]

    def verdict(self, mutant: Mutant) -> str | None:
        """Return who notices, "unasked: …" where a table changes and nobody does, None where nothing changes."""
        with self.warehouse.trying():
            try:
                changed = self._changed(mutant)
                return self._noticed(changed) if changed else None
            except duckdb.Error:
                return "the build"

    def _changed(self, mutant: Mutant) -> list[str]:
        """Make the model anew, and what stands on it as far as something changes; return what changed."""
        changed: list[str] = []
        for name in self.warehouse.project.downstream(mutant.model):
            model = self.warehouse.project.models[name]
            if name == mutant.model or set(model.reads) & set(changed):
                self.warehouse.run([name], {mutant.model: mutant.sql})
                if self._digest(name) != self.digests[name]:
                    changed.append(name)
        return changed

    def _noticed(self, changed: list[str]) -> str:
        if self.warehouse.failing_tests(set(changed)):
            return "data tests"
        for check in self.checks():
            try:
                check(self.warehouse)
            except AssertionError:
                return "season tests"
        if self.warehouse.query(HEADLINES) != self.headlines:
            return "recount"
        layers = [self.warehouse.project.models[name].layer for name in changed]
        return "unasked: " + ("a published table" if {"marts", "reports"} & set(layers) else "an inner table")

    def _digest(self, name: str) -> str:
        table = self.warehouse.project.models[name].table
        sql = f"select md5(string_agg(told, '|' order by told)) from (select t::varchar as told from {table} as t)"
        return str(self.warehouse.query(sql)[0][0])


class Judges:
    """Unit tests first (they are cheap), then the seasons."""

    def __init__(self, project: Project, like: Season) -> None:
        modules = (worked, retention, reorganisation)
        self.project = project
        self.seasons = [SeasonJudge.of(module, project, like) for module in modules]
        self.units = UnitRunner(self.seasons[0].warehouse)

    def verdict(self, mutant: Mutant) -> str:
        """Return who notices: "unit tests", "the build", "data tests", "season tests", "recount"; or who does not."""
        if self.units.failing(mutant.model, mutant.sql):
            return "unit tests"
        said = [judge.verdict(mutant) for judge in self.seasons]
        caught = [one for one in said if one and not one.startswith("unasked")]
        unasked = sorted(filter(None, said), reverse=True)
        return (caught or unasked or ["nothing changes"])[0]


def _asked(test: Callable[..., Any]) -> list[str]:
    return list(inspect.signature(test).parameters)
