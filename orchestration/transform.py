"""How dbt is called: in process, without telemetry, with its leavings in one fixed place of the home.

Lives here: the environment, flags and folders of a dbt call, closing the DuckDB file afterwards, and what became of
models and tests. ``home/dagster/transform`` keeps dbt's target, logs and partial parse from call to call.
Does not live here: when dbt is called (``warehouse.py``, ``manifest.py``).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from expectations.home import Home
from orchestration.settings import environment

FLAGS = (
    "--threads=1",
    "--no-send-anonymous-usage-stats",
    "--no-version-check",
    "--no-use-colors",
    "--log-level=none",
    "--log-level-file=info",
    "--no-print",
)

NOT_BUILT = ("--exclude-resource-type=unit_test", "--exclude-resource-type=exposure")
_parsed: dict[tuple[Path, Path], Any] = {}


@dataclass(frozen=True)
class DbtRun:
    """What became of the nodes: model or seed → status, data test → status; ``broken`` names what could not be built.

    A test that dbt did not run (its model failed, or somebody excluded it) stands in ``tests`` as ``missing``.
    """

    models: dict[str, str] = field(default_factory=dict)
    tests: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    reason: str = ""


def build(home: Home, project: Path, progress: Callable[[str], None] | None = None) -> DbtRun:
    """Run ``dbt build`` over the whole project into ``build/.next/warehouse.duckdb`` and close the file.

    Unit tests are left to ``make test``: they judge code, not data. A failing data test does not stop the models behind
    it: the gate shall see everything. Raises what dbt raises when it cannot even start.
    """
    try:
        known = _parsed.pop((home.next_build, project), None)  # what this process has just parsed for its assets
        arguments = ["build", *NOT_BUILT, "--no-write-json", *flags(home, project)]
        result = _invoke(home, arguments, progress, known)
    finally:
        close_duckdb()
    return _read_results(result)


def parse(home: Home, project: Path) -> Path:
    """Run ``dbt parse`` and return the path of its manifest; the seeds must lie in ``build/.next/reference``."""
    _parsed[home.next_build, project] = _invoke(home, ["parse", *flags(home, project)], None)
    return home.dagster / "transform" / "target" / "manifest.json"


def _invoke(home: Home, arguments: list[str], progress: Callable[[str], None] | None, manifest: Any = None) -> Any:
    from dbt.cli.main import dbtRunner

    runner = dbtRunner(manifest=manifest, callbacks=[_announcer(progress)] if progress else [])
    with environment(**variables(home)):
        outcome = runner.invoke(arguments)
    if outcome.exception is not None:
        raise outcome.exception
    return outcome.result


def flags(home: Home, project: Path) -> list[str]:
    """What every dbt call is told."""
    kept = home.dagster / "transform"
    places = [f"--project-dir={project}", f"--profiles-dir={project}", f"--target-path={kept / 'target'}"]
    return [*places, f"--log-path={kept / 'logs'}", *FLAGS]


def variables(home: Home) -> dict[str, str | Path]:
    """What the project reads: always the same paths in a home, because a path that changes voids the partial parse.

    Only a build as known before an edit of a list reads what was collected again for it (``warehouse.recollect``).
    """
    again = home.next_build / "accepted"
    return {
        "NHANTAI_WAREHOUSE": home.next_build / "warehouse.duckdb",
        "NHANTAI_ACCEPTED": again if again.is_dir() else home.accepted_root,
        "NHANTAI_NEXT": home.next_build,
        "NHANTAI_DBT_TARGET": "duckdb",
        "NHANTAI_TEST_SEVERITY": "warn",
        "DO_NOT_TRACK": "1",
    }


def close_duckdb() -> None:
    """Close the file dbt worked in: it keeps it open for as long as the process lives."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    if DuckDBConnectionManager._ENV is not None:
        DuckDBConnectionManager._ENV.close()
        DuckDBConnectionManager.close_all_connections()
    logging.getLogger("dbt").handlers.clear()


def _read_results(result: Any) -> DbtRun:
    run = DbtRun()
    reasons = []
    for each in result.results:
        status, kind = str(each.status), str(each.node.resource_type)
        if kind == "test":
            run.tests[each.node.name] = {"warn": "fail", "skipped": "missing"}.get(status, status)
        else:
            name = f"{each.node.schema}/{each.node.name}"
            run.models[name] = status
            if status == "error":
                run.broken.append(name)
                reasons.append(str(each.message).strip())
    return DbtRun(run.models, run.tests, run.broken, reasons[0] if reasons else "")


def _announcer(progress: Callable[[str], None]) -> Callable[[Any], None]:
    def announce(event: Any) -> None:
        if event.info.name == "NodeStart":
            progress(event.data.node_info.node_name)

    return announce
