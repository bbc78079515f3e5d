"""One warm process: the same road through Dagster, or the same functions called one after the other (V2 resident, V8).

    python -m bench.resident dagster|functions HOME YEAR     prints {"seconds": …} for the second run of the process

The first run, on a copy of the home, pays for imports and caches; the second is measured.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from pathlib import Path

from expectations import builds
from orchestration import approvals, collecting, publishing, review, road, warehouse
from orchestration.progress import Progress
from orchestration.settings import Settings, load

SIGNER = "Người ký thử"


def through_dagster(settings: Settings, year: int) -> None:
    """Collect all years, build, review, draft by the road's jobs; approve; publish by its job."""
    from orchestration.cli.year import publish_config
    from orchestration.in_process import run_job

    progress = Progress()
    home = settings.working_home()
    result = road.travel(settings, year, progress)
    approvals.approve(home, year, SIGNER, result.build.build_id)
    run_job(settings, "publish", year, progress, publish_config(result.build.build_id))


def by_functions(settings: Settings, year: int) -> None:
    """The functions that the assets call, in the same order."""
    home = settings.working_home()
    for folder in sorted((home.root / "inbox").iterdir()):
        collecting.collect(settings, home, int(folder.name))
    build = warehouse.build_warehouse(home, year, project=settings.dbt_project)
    review.review_build(home, year, build.build_id)
    publishing.draft(home, year, build.build_id)
    approvals.approve(home, year, SIGNER, build.build_id)
    publishing.publish(home, year, builds.newest(home, year).build_id)


MODES = {"dagster": through_dagster, "functions": by_functions}


def main(mode: str, home: Path, year: int) -> float:
    """Seconds of the second run."""
    warm = home.with_name(home.name + "-warm")
    shutil.rmtree(warm, ignore_errors=True)
    shutil.copytree(home, warm, symlinks=True)
    MODES[mode](load(warm), year)
    start = time.perf_counter()
    MODES[mode](load(home), year)
    seconds = time.perf_counter() - start
    shutil.rmtree(warm)
    return seconds


if __name__ == "__main__":
    print(json.dumps({"seconds": round(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])), 3)}))
