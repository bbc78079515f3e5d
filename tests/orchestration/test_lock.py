"""P13: of two writers one works, the other is told who holds the home. P05: the lock dies with its holder."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from expectations.errors import OperatorError
from expectations.home import Home
from orchestration import lock

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys, time
from pathlib import Path
from expectations.home import Home
from orchestration import lock
with lock.hold(Home(Path(sys.argv[1])), "build of another"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path):
    process = subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def test_P13_the_second_is_told_who_holds_the_home(holder, tmp_path: Path):
    with pytest.raises(OperatorError) as refused, lock.hold(Home(tmp_path), "mine"):
        pass
    assert "run build of another since " in str(refused.value) and f"process {holder.pid}" in str(refused.value)
    assert refused.value.exit_code == 3


def test_P13_the_command_line_says_it_and_leaves_with_3(holder, tmp_path: Path):
    (tmp_path / "sample.json").write_text("{}")
    arguments = ["signed", "--year", "2024", "--event", "signed", "--number", "1/BC", "--on", "2024-12-10"]
    run = subprocess.run(
        [sys.executable, "-m", "orchestration.cli", *arguments, "--home", tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 3 and "held by run build of another" in run.stderr and "Traceback" not in run.stderr
    assert not (tmp_path / "ledger.jsonl").exists()


def test_P05_the_lock_dies_with_its_holder(holder, tmp_path: Path):
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    with lock.hold(Home(tmp_path), "mine"):
        assert json.loads((tmp_path / ".lock").read_text())["run"] == "mine"


def test_what_the_holder_calls_may_take_it_again(tmp_path: Path):
    with lock.hold(Home(tmp_path), "road"), lock.hold(Home(tmp_path), "build"):
        pass
    assert (tmp_path / ".lock").read_text() == ""
