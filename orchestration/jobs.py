"""The jobs, named as a clerk would: collect, build, review, publish; and the road (the first three and a draft).

Lives here: which assets each job takes, and its longest time: without that tag a run stays STARTED for ever after a
crash of the whole machine, and keeps its slot in the pool.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import dagster as dg
from dagster import AssetSelection as Select

Job: TypeAlias = Any  # what dg.define_asset_job returns has no public name

LONGEST = {"collect": 3600, "build": 3600, "review": 1800, "publish": 1800, "road": 7200}
_WAREHOUSE = ("reference", "staging", "intermediate", "marts", "reports")


def all_jobs() -> dict[str, Job]:
    """The jobs by name, each over one reporting year."""
    collect = Select.groups("inbox", "landing", "accepted")
    build = Select.groups(*_WAREHOUSE)
    review = Select.groups("review")
    draft, edition = Select.assets(["publication", "draft"]), Select.assets(["publication", "edition"])
    return {
        "collect": _job("collect", collect, "From the inbox to accepted: land, read, type, gate 1, receipts."),
        "build": _job("build", build, "Accepted of all years into a new warehouse that reports this year."),
        "review": _job("review", review, "Gate 2 on the newest build."),
        "publish": _job("publish", edition, "The next edition, if a person approved the build. Never automatic."),
        "road": _job("road", collect | build | review | draft, "Collect, build, review, and a draft to sign."),
    }


def _job(name: str, selection: Select, description: str) -> Job:
    return dg.define_asset_job(
        name,
        selection=selection,
        description=description,
        tags={"dagster/max_runtime": str(LONGEST[name])},
        executor_def=dg.in_process_executor,
    )
