"""MetricFlow asked as an analyst asks it: `mf query` over a built season, in a folder that holds what it needs.

Lives here: the call. Does not live here: what must come out (the test files).
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from orchestration.settings import environment
from tests.warehouse.season import PROJECT, Season


def query(season: Season, metrics: Sequence[str], group_by: Sequence[str]) -> list[dict[str, str]]:
    """Rows of a query as text by column; a metric is named by itself, a dimension as `entity__name`."""
    folder = season.target / "metricflow"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "target").mkdir(parents=True)
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(PROJECT / name, folder)
    for name in ("manifest.json", "semantic_manifest.json"):
        shutil.copy(season.target / name, folder / "target")
    out = folder / "out.csv"
    asked = ["--metrics", ",".join(metrics), "--group-by", ",".join(group_by), "--csv", str(out)]
    places = environment(
        NHANTAI_WAREHOUSE=season.next / "warehouse.duckdb",
        NHANTAI_ACCEPTED=season.accepted,
        NHANTAI_NEXT=season.next,
        NHANTAI_DBT_TARGET="duckdb",
        DBT_PROFILES_DIR=folder,
        DBT_LOG_PATH=folder / "logs",
        DO_NOT_TRACK="1",
    )
    with places:
        done = subprocess.run(
            [str(Path(sys.executable).with_name("mf")), "query", *asked], cwd=folder, capture_output=True, text=True
        )
    assert done.returncode == 0 and out.is_file(), done.stdout + done.stderr
    with out.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
