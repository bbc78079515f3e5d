"""The yearly cycle: a nightly road while a year is in season, and a morning proposal. Nothing here ever publishes.

Lives here: two schedules in the zone Asia/Ho_Chi_Minh, which ask the calendar on each tick. No date is written here.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

import dagster as dg

from expectations import builds
from orchestration import approvals, road
from orchestration.calendar import ZONE, Season, seasons
from orchestration.jobs import Job
from orchestration.settings import Settings


def all_schedules(settings: Settings, jobs: Mapping[str, Job]) -> list[dg.ScheduleDefinition]:
    """``nightly_road`` (01:00) and ``morning_proposal`` (07:30)."""

    @dg.schedule(
        name="nightly_road",
        job=jobs["road"],
        cron_schedule="0 1 * * *",
        execution_timezone=ZONE,
        description="In season: collect, build and review each open year, unless nothing changed.",
    )
    def _nightly(context: dg.ScheduleEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
        yield from nightly_requests(settings, local_day(context.scheduled_execution_time))

    @dg.schedule(
        name="morning_proposal",
        job=jobs["review"],
        cron_schedule="30 7 * * *",
        execution_timezone=ZONE,
        description="In season: review the newest build again, so that the person who signs finds a verdict of today.",
    )
    def _proposal(context: dg.ScheduleEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
        yield from proposal_requests(settings, local_day(context.scheduled_execution_time))

    return [_nightly, _proposal]


def nightly_requests(settings: Settings, day: date) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """One run of the road for each year in season on ``day`` in which something changed; else the reason why not."""
    home = settings.working_home()
    for season in open_seasons(settings, day):
        if (build := road.unchanged(home, season.year, settings.dbt_project)) is not None:
            yield dg.SkipReason(f"nothing changed in {season.year} since build {build.build_id}")
        else:
            yield dg.RunRequest(run_key=f"{season.year}@{day}", partition_key=str(season.year))


def proposal_requests(settings: Settings, day: date) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """One review for each year in season that has a build without approval; a person decides what follows."""
    home = settings.working_home()
    for season in open_seasons(settings, day):
        if not builds.all_builds(home, season.year):
            yield dg.SkipReason(f"there is no build of {season.year} yet")
        elif approvals.is_approved(home, builds.newest(home, season.year)):
            yield dg.SkipReason(f"the newest build of {season.year} is approved already")
        else:
            yield dg.RunRequest(run_key=f"{season.year}@{day}", partition_key=str(season.year))


def open_seasons(settings: Settings, day: date) -> list[Season]:
    """The years on which work is expected on ``day``."""
    return [season for season in seasons(settings.place().reference) if season.is_open(day)]


def local_day(moment: datetime) -> date:
    """The day in Viet Nam of the instant a tick stands for."""
    return moment.astimezone(ZoneInfo(ZONE)).date()
