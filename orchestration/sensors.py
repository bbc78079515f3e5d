"""The inbox sensor: asks for a collection when whole files lie there that were not there before.

Lives here: two looks (a file counts when its signature did not change between two ticks), the cursor and the run key.
The run key is the content of the inbox under the rules in force: a lost cursor or a repeated tick asks for the same
run, which Dagster does not start twice.
"""

import json
from collections.abc import Iterator

import dagster as dg

from expectations.home import Home
from expectations.rules.version import rule_version
from orchestration import fingerprints
from orchestration.jobs import Job
from orchestration.partitions import reporting_years
from orchestration.settings import Settings

Looks = dict[str, dict[str, list[int]]]


def inbox_sensor(settings: Settings, job: Job) -> dg.SensorDefinition:
    """The sensor ``inbox`` of this home; it looks every 30 seconds."""

    @dg.sensor(
        name="inbox",
        job=job,
        minimum_interval_seconds=30,
        description="Collect a year when its inbox holds other whole files than at the last collection.",
    )
    def _inbox(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        home = settings.working_home()
        before = json.loads(context.cursor) if context.cursor else {"looks": {}, "asked": {}}
        looks = look(home)
        asked = dict(before["asked"])
        requests = list(wanted(home, before["looks"], looks, asked))
        return dg.SensorResult(run_requests=requests, cursor=json.dumps({"looks": looks, "asked": asked}))

    return _inbox


def look(home: Home) -> Looks:
    """What stat says of each file of each year's inbox: size, time, inode."""
    return {
        folder.name: {
            path.name: [info.st_size, info.st_mtime_ns, info.st_ino]
            for path in sorted(folder.iterdir())
            if path.is_file() and not path.is_symlink() and (info := path.stat())
        }
        for folder in sorted((home.root / "inbox").glob("*"))
        if folder.is_dir()
    }


def wanted(home: Home, before: Looks, now: Looks, asked: dict[str, str]) -> Iterator[dg.RunRequest]:
    """A run for each year whose inbox is still and differs from what was asked for last; notes it in ``asked``."""
    known = set(reporting_years().get_partition_keys())
    for year, files in now.items():
        if year not in known or not files or before.get(year) != files:
            continue
        content = fingerprints.inbox(home)[year]
        key = f"{year}-{content[:16]}-{rule_version()}"
        if asked.get(year) != key:
            asked[year] = key
            yield dg.RunRequest(run_key=key, partition_key=year)
