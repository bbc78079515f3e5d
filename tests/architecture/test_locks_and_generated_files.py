"""The lock files name no index and hash everything; what is rendered from contracts is fresh."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock"]


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_names_no_index_and_no_place(name: str):
    text = (ROOT / name).read_text()
    assert not re.search(r"--(extra-)?index-url|--find-links|--trusted-host|https?://|file://|/opt/|/tmp/", text)


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_hashes_every_requirement(name: str):
    requirements = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / name).read_text())
    unhashed = [each.split()[0] for each in requirements if "==" in each and "--hash=sha256:" not in each]
    assert unhashed == []


def test_both_locks_agree_on_what_they_have_in_common():
    pins = [
        dict(re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^ ;\\]+)", (ROOT / name).read_text(), flags=re.M))
        for name in LOCKS
    ]
    assert {
        name: (pins[0][name], pins[1][name])
        for name in pins[0].keys() & pins[1].keys()
        if pins[0][name] != pins[1][name]
    } == {}


def test_generated_files_are_fresh():
    run = subprocess.run(
        [sys.executable, "-m", "expectations.render", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
