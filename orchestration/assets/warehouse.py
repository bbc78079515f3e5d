"""The dbt project as assets: default keys, one dbt invocation, its results as materialisations, its tests as one check.

Lives here: the translator (group, owner, kinds, partition mapping) and the two bodies. Does not live here: the build
itself (``orchestration/warehouse.py``). This module is imported by ``build_definitions`` only: dagster_dbt brings dbt.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets

from expectations import builds
from orchestration import warehouse
from orchestration.assets.stations import OWNERS, spec, year_of
from orchestration.checks import test_counts
from orchestration.resources import Workplace

POOL = "warehouse"
FIGURES = dg.AssetKey(["marts", "fct_indicator_values"])


class BuildConfig(dg.Config):
    """``as_known``: an ISO instant with offset; nothing that arrived later is in the build. Empty: now."""

    as_known: str = ""


class StationTranslator(DagsterDbtTranslator):
    """Default keys (``marts/fct_…``); a build of one year reads the accepted files of all years."""

    def __init__(self) -> None:
        super().__init__(DagsterDbtTranslatorSettings(enable_asset_checks=False))

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The layer, which is the schema, which is the first part of the key."""
        return self.get_asset_key(dbt_resource_props).path[0]

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:
        """The owner of the layer."""
        return [OWNERS[self.get_group_name(dbt_resource_props)]]

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """What the model says of itself, without its SQL."""
        return dbt_resource_props.get("description") or f"The reference list {dbt_resource_props['name']}."

    def get_partition_mapping(
        self, dbt_resource_props: Mapping[str, Any], dbt_parent_resource_props: Mapping[str, Any]
    ) -> dg.PartitionMapping | None:
        """From accepted to the warehouse: all years."""
        is_accepted = dbt_parent_resource_props.get("source_name") == "accepted"
        return dg.AllPartitionMapping() if is_accepted else None


def warehouse_assets(manifest: Path, years: dg.PartitionsDefinition) -> dg.AssetsDefinition:
    """Every model and seed of the dbt project, built by one call."""

    @dbt_assets(
        manifest=manifest,
        name="warehouse",
        partitions_def=years,
        dagster_dbt_translator=StationTranslator(),
        pool=POOL,
    )
    def _warehouse(
        context: dg.AssetExecutionContext, config: BuildConfig, workplace: Workplace
    ) -> Iterator[dg.MaterializeResult]:
        record = warehouse.build_warehouse(
            workplace.home,
            year_of(context),
            datetime.fromisoformat(config.as_known) if config.as_known else None,
            project=workplace.settings.dbt_project,
        )
        for name, status in record.manifest["models"].items():  # in the order in which dbt built them
            if status == "success":
                yield dg.MaterializeResult(asset_key=name.split("/"), metadata={"build": record.build_id})

    return _warehouse


def warehouse_checks() -> dg.AssetChecksDefinition:
    """What dbt's tests said of the newest build, as one check with counts."""

    @dg.asset_check(
        asset=FIGURES,
        name="dbt_tests",
        description="All data tests of the dbt project on this build: each was run and none failed.",
    )
    def _tests(context: dg.AssetCheckExecutionContext, workplace: Workplace) -> dg.AssetCheckResult:
        return test_counts(builds.newest(workplace.home, year_of(context)).manifest["tests"])

    return _tests


def build_inputs() -> list[dg.AssetSpec]:
    """What a build is given beside accepted, so that the graph shows where it comes from."""
    return [
        spec("build", "parameters", "The one row that says what this build reports.", kinds=["parquet"]),
        spec("build", "province_steps", "The province's own steps, from the ledger.", kinds=["parquet"]),
        spec("build", "person_links", "Signed, undoable merges of two identities.", kinds=["parquet"]),
    ]
