"""The yearly cycle: T01 every schedule names its zone; in season only; never a publication."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from orchestration import jobs, schedules
from orchestration.calendar import season, seasons
from orchestration.partitions import reporting_years
from orchestration.settings import Settings


@pytest.fixture
def made(settings: Settings):
    return schedules.all_schedules(settings, jobs.all_jobs())


def test_T01_every_schedule_names_its_zone(made):
    assert {each.execution_timezone for each in made} == {"Asia/Ho_Chi_Minh"}


def test_no_schedule_publishes(made):
    assert {each.job_name for each in made} == {"road", "review"}


def test_the_calendar_opens_and_closes_a_year():
    year = season(2025)
    assert not year.is_open(date(2025, 10, 14)) and year.is_open(date(2025, 10, 15))
    assert year.is_open(date(2025, 12, 12)) and not year.is_open(date(2025, 12, 13))


def test_there_is_one_partition_a_year_of_the_calendar():
    assert reporting_years().get_partition_keys() == [str(each.year) for each in seasons()]


def test_out_of_season_nothing_is_asked_for(settings: Settings):
    assert list(schedules.nightly_requests(settings, date(2025, 8, 1))) == []
    assert list(schedules.proposal_requests(settings, date(2025, 8, 1))) == []


def test_in_season_the_open_year_is_built_once_a_day(settings: Settings):
    (request,) = schedules.nightly_requests(settings, date(2025, 11, 3))
    assert isinstance(request, dg.RunRequest)
    assert (request.partition_key, request.run_key) == ("2025", "2025@2025-11-03")


def test_without_a_build_there_is_nothing_to_propose(settings: Settings):
    (skip,) = schedules.proposal_requests(settings, date(2025, 11, 3))
    assert isinstance(skip, dg.SkipReason) and "no build of 2025" in skip.skip_message


def test_T07_a_tick_after_midnight_in_viet_nam_belongs_to_the_new_day():
    tick = datetime(2025, 12, 11, 18, 0, tzinfo=ZoneInfo("UTC"))
    assert schedules.local_day(tick) == date(2025, 12, 12)
