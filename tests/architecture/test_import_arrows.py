"""Imports go down: the contracts of import-linter in pyproject.toml hold."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_import_arrows_hold():
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_dbt_project_holds_no_python():
    assert not [path for path in (ROOT / "dbt_project").rglob("*.py") if "target" not in path.parts]


def test_nothing_of_ours_imports_the_tests():
    rooms = [
        path
        for room in ("expectations", "ingestion", "reporting", "orchestration")
        for path in (ROOT / room).rglob("*.py")
    ]
    assert not [path for path in rooms if "import tests" in path.read_text() or "from tests" in path.read_text()]
