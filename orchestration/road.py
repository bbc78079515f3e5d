"""The whole road as one act: compare first, run only what is needed, judge by the verdict and never by a run's status.

Lives here: "nothing changed", and the order in which years and jobs run. Dagster is imported only when something runs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from expectations import builds
from expectations.builds import BuildRecord
from expectations.home import Home
from orchestration import collecting, fingerprints, lock
from orchestration.progress import Progress
from orchestration.settings import Settings

if TYPE_CHECKING:
    from orchestration.in_process import Runner

DRAFT = "publication/draft"
Tell = Callable[[str], None]


@dataclass(frozen=True)
class RoadResult:
    """``build`` is the one judged, ``gate`` its verdict; ``runner`` is what ran, None when nothing had changed."""

    build: BuildRecord
    gate: dict[str, Any]
    runner: Runner | None

    @property
    def ran(self) -> bool:
        """Whether anything ran."""
        return self.runner is not None


def travel(
    settings: Settings, year: int, progress: Progress, *, with_draft: bool = True, tell: Tell = lambda text: None
) -> RoadResult:
    """Collect every year that has an inbox, then build, review and draft ``year``; nothing when nothing changed.

    ``with_draft`` is False where an edition follows at once; ``tell`` gets a line for each stage that is done.

    The home is held from beginning to end. A build that gate 2 closes is a result, not an exception.
    """
    home = settings.working_home()
    with lock.hold(home, f"road {year}"):
        progress.stage("comparing with the newest build")
        if (build := unchanged(home, year, settings.dbt_project)) is not None:
            return RoadResult(build, build.gate or {}, None)
        return _travelled(settings, home, year, progress, tell, () if with_draft else (DRAFT,))


def unchanged(home: Home, year: int, project: Any) -> BuildRecord | None:
    """The newest judged build when inboxes, accepted files, rules, reference, code and parameters are still its own."""
    build = builds.newest_gated(home, year)
    if build is None or build != builds.all_builds(home, year)[-1] or not is_whole(build):
        return None
    same = build.manifest["inbox"] == fingerprints.inbox(home)
    return build if same and build.manifest["inputs"] == fingerprints.inputs(home, year, project, None) else None


def is_whole(build: BuildRecord) -> bool:
    """Whether the verdict speaks of exactly this manifest."""
    gate = build.gate or {}
    return gate.get("manifest_sha256") == fingerprints.sha256_of(build.path / "manifest.json")


def _travelled(
    settings: Settings, home: Home, year: int, progress: Progress, tell: Tell, without: tuple[str, ...]
) -> RoadResult:
    from orchestration.in_process import Runner

    before = {build.build_id for build in builds.all_builds(home, year)}
    years = sorted(map(int, fingerprints.inbox(home)))  # in order: a year is looked at beside the year before
    with collecting.begun(settings, home, years):
        runner = Runner(settings, progress)
        for each in years:
            runner.run("collect", each)
            tell(_collected(home, each))
    runner.run("road", year, without=without)  # its own collection finds nothing new
    build = builds.newest(home, year)
    if build.build_id in before:
        raise RuntimeError("the road ended without a build")
    if build.gate is None:
        runner.run("review", year)
        build = builds.newest(home, year)
    tell(f"built {build.build_id}: {len(build.manifest['models'])} models, {len(build.manifest['tests'])} tests")
    return RoadResult(build, build.gate or {}, runner)


def _collected(home: Home, year: int) -> str:
    from ingestion.status import submissions

    outcomes = Counter(row["outcome"] for row in submissions(home, year))
    counts = ", ".join(f"{count} {outcome.replace('_', ' ')}" for outcome, count in sorted(outcomes.items()))
    return f"collected {year}: {outcomes.total()} files ({counts})"
