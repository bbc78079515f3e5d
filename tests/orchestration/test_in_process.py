"""Jobs in this process: how a run ends that somebody stops from outside, and what a collection tells its operator."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from dagster._core.errors import DagsterExecutionInterruptedError

from orchestration import in_process
from orchestration.cli import year as commands
from orchestration.in_process import Runner
from tests.inboxes import Season, agency


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


def test_a_line_of_the_journal_that_cannot_be_read_is_said_to_who_collects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """The file counts as arrived when it landed, late perhaps: nobody was told, though the note was made (S15)."""
    season = Season(tmp_path)
    season.put("SNV.xlsx", agency("SNV", "Sở Nội vụ", 1))
    season.journal(SNV="28/11/2025 09:00")
    season.collect()
    monkeypatch.setattr(in_process, "run_job", lambda *_: True)
    assert commands.collect(2025, home=tmp_path) == 0
    said = capsys.readouterr().out
    assert "NHAT_KY-DONG" in said and "arrivals.csv" in said and "SNV.xlsx" in said
