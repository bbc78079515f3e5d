"""What things may be called, and that every module says at its door what lives there."""

import ast
import re
import subprocess
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("expectations", "ingestion", "reporting", "orchestration")
BANNED = {"utils", "util", "helpers", "helper", "common", "shared", "misc"}


def tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True
    )
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def modules() -> list[Path]:
    return sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def test_no_drawer_names():
    assert not [path for path in tracked() if path.stem in BANNED or BANNED & set(path.parts)]


def test_no_year_in_the_name_of_code():
    coded = [path for path in tracked() if path.suffix in {".py", ".sql"}]
    assert not [path for path in coded if re.search(r"(19|20)\d\d", str(path.relative_to(ROOT)))]


def test_no_module_is_called_like_a_dbt_plugin():
    assert not [path for path in tracked() if path.suffix == ".py" and path.stem.startswith("dbt_")]
    assert not [path for path in ROOT.glob("dbt_*") if path.name != "dbt_project"]


def test_tests_are_not_packages():
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_every_module_has_a_doorplate():
    without = [str(path.relative_to(ROOT)) for path in modules() if not ast.get_docstring(ast.parse(path.read_text()))]
    assert without == []


def test_only_settings_touches_the_environment():
    readers = [
        str(path.relative_to(ROOT))
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv", "putenv", "environb"}
    ]
    assert set(readers) == {"orchestration/settings.py"}


def test_models_never_ask_the_clock():
    clocks = re.compile(
        r"\b(now|current_date|current_timestamp|today|run_started_at|get_current_timestamp)\b\s*\(?", re.I
    )
    models = [path for path in (ROOT / "dbt_project").rglob("*.sql") if "target" not in path.parts]
    said = {}
    for path in models:
        code = re.sub(r"--[^\n]*|/\*.*?\*/|\{#.*?#\}", "", path.read_text(), flags=re.S)
        if clocks.search(code):
            said[str(path.relative_to(ROOT))] = clocks.search(code).group()
    assert said == {}


def test_no_pickle_anywhere():
    imports = re.compile(r"^\s*(import|from) (pickle|shelve|marshal)\b", re.M)
    assert [str(path.relative_to(ROOT)) for path in modules() if imports.search(path.read_text())] == []


def test_texts_are_nfc():
    texts = {".py", ".sql", ".yml", ".yaml", ".csv", ".md", ".toml", ".txt", ".html", ".css"}
    decomposed = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix in texts and not unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))
    ]
    assert decomposed == []


def test_the_readme_is_a_map_not_a_book():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 150
