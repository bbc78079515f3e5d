"""What all assets have in common: the station they belong to, who owns it, and how a partition becomes a year.

Lives here: ``spec`` and ``year_of``. Every asset of ours is described through ``spec``, so none lacks a group, an
owner, a kind or a description.
"""

from collections.abc import Iterable

import dagster as dg

OWNERS = {
    "inbox": "team:collection",
    "landing": "team:collection",
    "accepted": "team:collection",
    "build": "team:statistics",
    "reference": "team:statistics",
    "staging": "team:statistics",
    "intermediate": "team:statistics",
    "marts": "team:statistics",
    "reports": "team:statistics",
    "review": "team:publication",
    "publication": "team:publication",
}


def spec(
    station: str, name: str, description: str, *, kinds: Iterable[str], deps: Iterable[dg.AssetKey | dg.AssetDep] = ()
) -> dg.AssetSpec:
    """The spec of the asset ``station/name``: grouped and owned by its station."""
    return dg.AssetSpec(
        [station, name],
        description=description,
        kinds=set(kinds),
        deps=list(deps),
        group_name=station,
        owners=[OWNERS[station]],
    )


def year_of(context: dg.AssetExecutionContext | dg.AssetCheckExecutionContext) -> int:
    """The reporting year that this run is for."""
    return int(context.run.tags["dagster/partition"])
