"""The Dagster instance of a home: its folder, its settings file, and how this process opens it.

``python -m orchestration.instance`` prepares the folder and prints it (``make serve`` does first).
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from expectations.home import Home
from orchestration.settings import ROOT, environment, load

if TYPE_CHECKING:
    import dagster as dg


def prepare(home: Home) -> None:
    """Make ``home/dagster`` and copy the root's ``dagster.yaml`` into it when it differs: elsewhere it is ignored."""
    home.dagster.mkdir(parents=True, exist_ok=True)
    source, target = ROOT / "dagster.yaml", home.dagster / "dagster.yaml"
    if not target.is_file() or target.read_bytes() != source.read_bytes():
        shutil.copyfile(source, target)


def open_instance(home: Home) -> dg.DagsterInstance:
    """The persistent instance that the web UI of the same home shows."""
    import dagster as dg

    prepare(home)
    with environment(DAGSTER_HOME=home.dagster):
        return dg.DagsterInstance.from_config(str(home.dagster))


if __name__ == "__main__":
    here = load().working_home()
    prepare(here)
    print(here.dagster)
