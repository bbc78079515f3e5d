"""Gate 2 as an asset: the verdict on a build, written beside it, with a blocking check of its own.

Lives here: ``review/verdict``. Every publication asset depends on it; ``publish`` reads its file again all the same.
"""

from collections.abc import Iterable

import dagster as dg

from orchestration import review
from orchestration.assets.stations import spec, year_of
from orchestration.checks import verdict
from orchestration.resources import Workplace

VERDICT = dg.AssetKey(["review", "verdict"])


def review_assets(reports: Iterable[dg.AssetKey], years: dg.PartitionsDefinition) -> dg.AssetsDefinition:
    """The verdict of gate 2 on the newest build; ``reports`` are the keys it judges."""
    described = spec(
        "review",
        "verdict",
        "Gate 2: is this year fit to publish? Recount, dbt tests, owed agencies, open queries, sums and bounds.",
        kinds=["json", "gx"],
        deps=sorted(reports),
    )
    gate_is_open = dg.AssetCheckSpec(
        "gate_is_open", asset=VERDICT, blocking=True, description="Nothing in the build stands against publication."
    )

    @dg.multi_asset(name="judge", specs=[described], check_specs=[gate_is_open], partitions_def=years)
    def _review(context: dg.AssetExecutionContext, workplace: Workplace) -> dg.MaterializeResult:
        gate = review.review_build(workplace.home, year_of(context))
        return dg.MaterializeResult(
            metadata={"build": gate["build_id"], "open": gate["open"], "checks run": gate["checks_run"]},
            check_results=[verdict(gate)],
        )

    return _review
