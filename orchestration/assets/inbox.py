"""The first station: what lies in a year's inbox, counted and hashed; nothing is opened and nothing is moved.

Lives here: ``inbox/files``. Does not live here: which files may be taken, and when (``ingestion/inbox.py``).
"""

import dagster as dg

from orchestration import fingerprints
from orchestration.assets.stations import spec, year_of
from orchestration.resources import Workplace

FILES = dg.AssetKey(["inbox", "files"])


def inbox_assets(years: dg.PartitionsDefinition) -> dg.AssetsDefinition:
    """The files of a year's inbox."""
    described = spec(
        "inbox",
        "files",
        "What agencies and registers sent for the year: workbooks, registers, the intake journal, explanations.",
        kinds=["xlsx", "csv", "parquet"],
    )

    @dg.multi_asset(name="look", specs=[described], partitions_def=years)
    def _look(context: dg.AssetExecutionContext, workplace: Workplace) -> dg.MaterializeResult:
        home, year = workplace.home, year_of(context)
        content = fingerprints.inbox(home).get(str(year), "")
        files = sum(1 for path in home.inbox(year).glob("*") if path.is_file())
        return dg.MaterializeResult(metadata={"files": files, "content": content})

    return _look
