"""From the inbox to accepted: the assets of landing and of accepted, made by one collection.

Lives here: their specs, gate 1 as warnings with counts on ``landing/*`` (one bad file never stops the others), and
blocking post-conditions on ``accepted/*``. Does not live here: collecting (``orchestration/collecting.py``).
"""

from collections.abc import Iterator
from typing import TypeAlias

import dagster as dg

from expectations.contracts.collection_tables import COLLECTION_TABLES
from expectations.contracts.load import all_contracts
from ingestion import post_conditions, status
from orchestration import checks, collecting
from orchestration.assets.inbox import FILES
from orchestration.assets.stations import spec, year_of
from orchestration.resources import Workplace

WORKBOOKS, REGISTERS = dg.AssetKey(["landing", "workbooks"]), dg.AssetKey(["landing", "registers"])
GATE, WHOLE = "gate_1", "whole"
Yielded: TypeAlias = dg.MaterializeResult | dg.AssetCheckResult


def collection_assets(years: dg.PartitionsDefinition) -> dg.AssetsDefinition:
    """``landing/workbooks``, ``landing/registers`` and every ``accepted/<dataset>`` of a year."""
    landing, accepted = landing_specs(), accepted_specs()

    @dg.multi_asset(
        name="take_in",
        specs=[*landing, *accepted],
        check_specs=[*map(gate_check, landing), *map(whole_check, accepted)],
        partitions_def=years,
    )
    def _collect(context: dg.AssetExecutionContext, workplace: Workplace) -> Iterator[Yielded]:
        home, year = workplace.home, year_of(context)
        collecting.collect(workplace.settings, home, year)
        for name, counts in status.gate_counts(home, year).items():
            yield dg.MaterializeResult(asset_key=["landing", name], metadata={"files": counts.get("files", 0)})
            yield checks.gate_one(dg.AssetKey(["landing", name]), GATE, counts)
        for state in post_conditions.accepted_state(home, year):
            yield dg.MaterializeResult(asset_key=["accepted", state.dataset], metadata={"rows": state.rows})
            yield checks.post_condition(dg.AssetKey(["accepted", state.dataset]), WHOLE, state.problems)

    return _collect


def landing_specs() -> list[dg.AssetSpec]:
    """The bytes that came in, by what they are."""
    kept = "as immutable bytes under their sha256, with their lines in the ledger."
    return [
        spec("landing", "workbooks", f"The form workbooks of the agencies, {kept}", kinds=["xlsx"], deps=[FILES]),
        spec("landing", "registers", f"Registers, snapshots and training records, {kept}", kinds=["csv"], deps=[FILES]),
    ]


def accepted_specs() -> list[dg.AssetSpec]:
    """One asset per dataset, and per table that collecting itself writes."""
    specs = [
        spec(
            "accepted",
            contract.name,
            f"One row is {contract.grain.en[0].lower()}{contract.grain.en[1:]}. All versions, typed and pseudonymised.",
            kinds=["parquet"],
            deps=[WORKBOOKS if contract.channel == "workbook" else REGISTERS],
        )
        for contract in all_contracts()
    ]
    return specs + [
        spec("accepted", table.name, f"One row is {table.grain}.", kinds=["parquet"], deps=[WORKBOOKS, REGISTERS])
        for table in COLLECTION_TABLES
    ]


def gate_check(of: dg.AssetSpec) -> dg.AssetCheckSpec:
    """Gate 1 as a warning: a bad file's outcome is a row, never a stop."""
    described = "Gate 1: is each submission what its contract promised? Counts by outcome, severity and rule."
    return dg.AssetCheckSpec(GATE, asset=of.key, blocking=False, description=described)


def whole_check(of: dg.AssetSpec) -> dg.AssetCheckSpec:
    """A post-condition that blocks."""
    described = "The file is there, has the promised columns, and no row from nowhere or twice."
    return dg.AssetCheckSpec(WHOLE, asset=of.key, blocking=True, description=described)
