"""Jobs in this process: how a run ends that somebody stops from outside."""

from types import SimpleNamespace

import pytest
from dagster._core.errors import DagsterExecutionInterruptedError

from orchestration.in_process import Runner


def test_a_run_that_is_told_to_stop_ends_as_one_that_is_interrupted():
    """Dagster's own answer to a SIGTERM is no Exception: it went past the guard, as a bare traceback."""

    def stopped(**_: object):
        raise DagsterExecutionInterruptedError

    job = SimpleNamespace(asset_layer=SimpleNamespace(executable_asset_keys=[]), execute_in_process=stopped)
    runner = Runner.__new__(Runner)
    runner._progress = SimpleNamespace(stage=lambda text: None)
    runner._instance, runner._definitions = None, SimpleNamespace(resolve_job_def=lambda name: job)
    with pytest.raises(KeyboardInterrupt):
        runner.run("collect", 2025)
