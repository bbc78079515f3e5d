"""Nothing happens at import and nothing heavy comes with it; `nhantai --help` is judged by its import set."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {
    "great_expectations",
    "altair",
    "docx",
    "docxtpl",
    "dbt",
    "pandas",
    "dagster",
    "dagster_dbt",
    "duckdb",
    "openpyxl",
    "xlsxwriter",
    "pyarrow",
    "numpy",
    "jinja2",
    "vl_convert",
}
LISTING = "import sys, json; print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"


def loaded_by(code: str) -> set[str]:
    run = subprocess.run([sys.executable, "-c", f"{code}\n{LISTING}"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return set(json.loads(run.stdout.splitlines()[-1]))


def test_help_loads_nothing_heavy():
    code = """
import sys
from orchestration.cli import main
sys.argv = ["nhantai", "--help"]
try:
    main()
except SystemExit as stop:
    assert not stop.code, stop.code
"""
    assert loaded_by(code) & HEAVY == set()


def test_no_room_loads_anything_heavy_when_it_is_imported():
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for room in ("expectations", "ingestion", "reporting")
        for path in sorted((ROOT / room).rglob("*.py"))
        if path.name != "__main__.py"
    ]
    lazily = HEAVY - {"duckdb", "openpyxl", "xlsxwriter", "pyarrow", "numpy", "jinja2"}
    assert loaded_by("\n".join(f"import {name}" for name in names)) & lazily == set()
