"""Small files, small functions: the caps of style.md § 9, with a short reviewed list of exceptions."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("expectations", "ingestion", "reporting", "orchestration")
EXCEPTIONS = Path(__file__).with_name("size_exceptions.txt")
ASSET_MAKERS = {"asset", "multi_asset", "dbt_assets", "asset_check", "multi_asset_check", "graph_asset"}


def exceptions() -> dict[str, int]:
    """``path[::function] limit reason…`` a line."""
    lines = [line.split(maxsplit=2) for line in EXCEPTIONS.read_text().splitlines() if line and line[0] != "#"]
    return {name: int(limit) for name, limit, _reason in lines}


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def functions(path: Path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, node.end_lineno - node.lineno + 1


def over(found: dict[str, int], cap: int) -> dict[str, int]:
    allowed = exceptions()
    return {name: size for name, size in found.items() if size > allowed.get(name, cap)}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_python_files_have_at_most_300_lines():
    sizes = {name_of(path): len(path.read_text().splitlines()) for path in python_files(*ROOMS, "tests")}
    assert over(sizes, 300) == {}


def test_functions_have_at_most_45_lines():
    sizes = {
        f"{name_of(path)}::{node.name}": size
        for path in python_files(*ROOMS, "tests")
        for node, size in functions(path)
    }
    assert over(sizes, 45) == {}


def test_asset_bodies_have_at_most_20_lines():
    sizes = {}
    for path in python_files("orchestration"):
        for node, _ in functions(path):
            if {ast.unparse(each).split("(")[0].split(".")[-1] for each in node.decorator_list} & ASSET_MAKERS:
                sizes[f"{name_of(path)}::{node.name}"] = node.end_lineno - node.body[0].lineno + 1
    assert sizes and over(sizes, 20) == {}


@pytest.mark.parametrize(("folder", "cap"), [("staging", 60), ("intermediate", 120), ("marts", 120), ("reports", 120)])
def test_sql_models_keep_their_budget(folder: str, cap: int):
    models = sorted((ROOT / "dbt_project/models" / folder).rglob("*.sql"))
    assert models and over({name_of(path): len(path.read_text().splitlines()) for path in models}, cap) == {}


def test_macros_and_singular_tests_keep_their_budget():
    files = [*(ROOT / "dbt_project/macros").rglob("*.sql"), *(ROOT / "dbt_project/tests").rglob("*.sql")]
    assert over({name_of(path): len(path.read_text().splitlines()) for path in files}, 120) == {}


def test_medians_stay_near_the_aim():
    files = sorted(len(path.read_text().splitlines()) for path in python_files(*ROOMS) if path.name != "__init__.py")
    bodies = sorted(size for path in python_files(*ROOMS) for _, size in functions(path))
    assert files[len(files) // 2] <= 150, "style.md § 9: the median file aims at 90 lines"
    assert bodies[len(bodies) // 2] <= 12, "style.md § 9: the median function aims at 9 lines"


def test_every_exception_is_still_needed():
    sizes = {
        name_of(path): len(path.read_text().splitlines()) for path in ROOT.rglob("*.sql") if "target" not in path.parts
    }
    for path in python_files(*ROOMS, "tests"):
        sizes[name_of(path)] = len(path.read_text().splitlines())
        sizes.update({f"{name_of(path)}::{node.name}": size for node, size in functions(path)})
    stale = [name for name in exceptions() if sizes.get(name, 0) <= 20]
    assert stale == [] and len(exceptions()) <= 12
