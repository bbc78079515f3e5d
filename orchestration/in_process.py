"""Running a job in this process, on the instance that the web UI shows, and telling what went wrong in it.

Lives here: ``Runner``. A failed check that blocks is no error of the run: the verdict says the rest. What a room raised
comes out as it was raised, so that the command line can tell it in one sentence.
"""

from __future__ import annotations

from typing import Any

from dagster._core.errors import DagsterExecutionInterruptedError

from orchestration.build import build_definitions
from orchestration.calendar import season
from orchestration.instance import open_instance
from orchestration.progress import Progress
from orchestration.settings import Settings

_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


class Runner:
    """The definitions and the instance of one home, loaded once for all runs of this process."""

    def __init__(self, settings: Settings, progress: Progress) -> None:
        progress.stage("loading Dagster")
        self._progress = progress
        self._instance = open_instance(settings.working_home())
        progress.stage("reading the dbt project")
        self._definitions = build_definitions(settings)

    def run(self, job: str, year: int, config: dict[str, Any] | None = None, without: tuple[str, ...] = ()) -> bool:
        """Run a job for a reporting year; whether all its steps succeeded. Raises what a room raised.

        ``without`` names assets of the job that are not wanted this time.
        """
        self._progress.stage(f"{job} {year}")
        definition = self._definitions.resolve_job_def(job)
        keys = definition.asset_layer.executable_asset_keys
        wanted = [key for key in keys if key.to_user_string() not in without] if without else None
        try:
            result = definition.execute_in_process(
                instance=self._instance,
                partition_key=str(year),
                run_config={**_QUIET, **(config or {})},
                asset_selection=wanted,
            )
        except DagsterExecutionInterruptedError:
            raise KeyboardInterrupt from None  # a SIGTERM: no Exception, and no traceback for who stopped the run
        except Exception as error:
            cause = _root(error)
            if type(cause).__name__ == "DagsterAssetCheckFailedError":
                return False
            raise cause from None
        return result.success


def _root(error: BaseException) -> BaseException:
    """What was raised inside the step: the deepest cause that is ours to tell."""
    while error.__cause__ is not None and not isinstance(getattr(error, "exit_code", None), int):
        error = error.__cause__
    return error


def run_job(settings: Settings, job: str, year: int, progress: Progress, config: dict[str, Any] | None = None) -> bool:
    """Run one job for a reporting year; whether all its steps succeeded.

    Raises what a room raised; UsageError, before anything is loaded or made, for a year that no calendar has.
    """
    season(year)
    try:
        return Runner(settings, progress).run(job, year, config)
    finally:
        progress.end()
