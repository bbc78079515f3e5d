"""The layers of the dbt project: who may read whom, names, contracts, descriptions; read from dbt's own manifest."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml

from reporting.warehouse import PREFIX, table_names
from tests.warehouse.season import PROJECT, ROOT

READS = {
    "staging": {"source", "reference"},
    "intermediate": {"staging", "intermediate"},
    "marts": {"staging", "intermediate", "marts"},
    "reports": {"marts"},
}
NAMES = {
    "staging": r"stg_(accepted|build|reference)__[a-z_]+",
    "intermediate": r"int_[a-z]+__[a-z0-9_]+",
    "marts": r"(dim|fct|brg)_[a-z_]+",
    "reports": r"rpt_annual__[a-z_]+",
}
PROMISED_MARTS = """
fct_indicator_values dim_agencies dim_agency_successions dim_indicators dim_parameters dim_tasks dim_task_owners
dim_periods dim_legal_bases fct_submissions fct_recruitments fct_recruitment_controls fct_talents fct_talent_retention
fct_retention_curves fct_departures fct_staff_in_service fct_trainings fct_plans fct_own_targets fct_task_progress
fct_task_outputs fct_budgets fct_policy_documents fct_policy_grants fct_talent_pools fct_nominations fct_commendations
fct_violations fct_inspections fct_communications fct_overseas_talents fct_proposals fct_findings brg_figure_rows
brg_annex_rows
"""
FIGURE_COLUMNS = """
indicator_code reading is_headline reporting_year period_code agency_code structure_on as_of numerator denominator value
target_value target_kind target_level verdict shortfall observation_status lower_bound upper_bound verdict_at_lower
verdict_at_upper agencies_owed agencies_missing series_break definition_version
"""


@pytest.fixture(scope="module")
def manifest(season_of_the_session: Any) -> dict[str, Any]:
    season = season_of_the_session
    season.reset()
    season.prepare(2025, "2026-01-15T09:00:00+07:00")
    result = season.dbt("parse")
    assert result.success, result.exception
    return json.loads((season.target / "manifest.json").read_text(encoding="utf-8"))


def _models(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


def _layer(unique_id: str, manifest: dict[str, Any]) -> str:
    return "source" if unique_id.startswith("source.") else manifest["nodes"][unique_id]["schema"]


def test_layers_read_only_what_lies_below(manifest: dict[str, Any]) -> None:
    wrong = [
        f"{model['name']} reads {below}"
        for model in _models(manifest)
        for below in model["depends_on"]["nodes"]
        if _layer(below, manifest) not in READS[model["schema"]]
    ]
    assert not wrong


def test_names_say_the_layer_and_never_a_year(manifest: dict[str, Any]) -> None:
    names = {model["name"]: model["schema"] for model in _models(manifest)}
    assert not [name for name, schema in names.items() if not re.fullmatch(NAMES[schema], name)]
    files = [path for path in PROJECT.rglob("*.sql") if "target" not in path.parts]
    assert not [path.name for path in files if re.search(r"20\d\d", path.name)]


def test_no_model_asks_the_clock() -> None:
    """architecture.md decision 12."""
    asks = re.compile(r"\b(now|current_date|current_timestamp|today|getdate|random|uuid)\b\s*(\(|$)", re.IGNORECASE)
    files = [*(PROJECT / "models").rglob("*.sql"), *(PROJECT / "macros").rglob("*.sql")]
    assert not [path.name for path in files if asks.search(path.read_text(encoding="utf-8"))]


def test_staging_marts_and_reports_have_enforced_contracts(manifest: dict[str, Any]) -> None:
    free = [m["name"] for m in _models(manifest) if m["schema"] != "intermediate" and not m["contract"]["enforced"]]
    assert not free


def test_every_model_and_public_column_says_what_it_is(manifest: dict[str, Any]) -> None:
    silent = [m["name"] for m in _models(manifest) if not m["description"]]
    silent += [
        f"{m['name']}.{column['name']}"
        for m in _models(manifest)
        if m["schema"] in ("marts", "reports")
        for column in m["columns"].values()
        if not column["description"]
    ]
    assert not silent


def test_everything_is_a_table_in_the_schema_of_its_layer(manifest: dict[str, Any]) -> None:
    """architecture.md decisions 4 and 11: `marts`, not `main_marts`; nothing that still reads a file."""
    kinds = {(m["schema"], m["config"]["materialized"]) for m in _models(manifest)}
    assert kinds == {(layer, "table") for layer in READS}


def test_promised_marts_and_columns_exist(manifest: dict[str, Any]) -> None:
    marts = {m["name"]: m for m in _models(manifest) if m["schema"] == "marts"}
    assert set(PROMISED_MARTS.split()) <= set(marts)
    assert list(marts["fct_indicator_values"]["columns"]) == FIGURE_COLUMNS.split()
    assert not [n for n, m in marts.items() for c in m["columns"] if c in ("identity_key", "national_id", "full_name")]


def test_every_indicator_file_has_exactly_one_model(manifest: dict[str, Any]) -> None:
    codes = {
        yaml.safe_load(path.read_text(encoding="utf-8"))["code"].lower()
        for path in (ROOT / "expectations" / "indicators").glob("ct*.yml")
    }
    models = {m["name"].removeprefix("int_indicator__") for m in _models(manifest) if "int_indicator__" in m["name"]}
    assert models == codes


def test_no_packages_and_no_telemetry() -> None:
    assert not (PROJECT / "packages.yml").exists()
    project = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    assert project["flags"]["send_anonymous_usage_stats"] is False


def test_singular_tests_are_sentences_with_two_lines_of_why() -> None:
    for path in sorted((PROJECT / "tests").glob("*.sql")):
        assert path.name.startswith("assert_")
        comments = [line for line in path.read_text(encoding="utf-8").splitlines()[:2] if line.startswith("-- ")]
        assert len(comments) == 2, path.name


ACCESS = {
    "staging": ("pipeline", "protected"),
    "intermediate": ("pipeline", "protected"),
    "marts": ("warehouse", "public"),
    "reports": ("publication", "protected"),
}


def test_every_model_has_an_owner_and_says_who_may_build_on_it(manifest: dict[str, Any]) -> None:
    said = {(m["schema"], m["config"]["group"], m["config"]["access"]) for m in _models(manifest)}
    assert said == {(layer, *of_layer) for layer, of_layer in ACCESS.items()}
    owners = {group["name"]: group["owner"]["name"] for group in manifest["groups"].values()}
    assert set(owners) == {group for group, _ in ACCESS.values()} and all(owners.values())


def test_everything_that_is_published_is_an_exposure_of_what_it_reads(manifest: dict[str, Any]) -> None:
    """interface.md § 3: what an edition holds; the report models are those that the documents are made from."""
    read = {
        e["name"]: {node.split(".")[-1] for node in e["depends_on"]["nodes"]} for e in manifest["exposures"].values()
    }
    printed = {f"{PREFIX}{name}" for name in table_names()}
    assert {name for name, models in read.items() if models == printed} == {
        "annual_report", "annual_report_annex", "annual_report_page", "open_data"
    }  # fmt: skip
    assert read["analysts_warehouse"] == {m["name"] for m in _models(manifest) if m["schema"] == "marts"}
    assert len(read) == 5
