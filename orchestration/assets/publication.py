"""What leaves the house: the draft that is shown for signature, and the edition.

Lives here: ``publication/draft`` and ``publication/edition``. Both come after the verdict; the edition is made by a
function that reads verdict, hash and approval itself, whoever calls it.
"""

import dagster as dg

from orchestration import publishing
from orchestration.assets.review import VERDICT
from orchestration.assets.stations import spec, year_of
from orchestration.resources import Workplace


class PublishConfig(dg.Config):
    """``build_id``: which build; empty: the newest one."""

    build_id: str = ""


def publication_assets(years: dg.PartitionsDefinition) -> list[dg.AssetsDefinition]:
    """The draft and the edition of a reporting year."""
    draft = spec(
        "publication",
        "draft",
        "Report, annex and page as they would be published from the newest build that gate 2 let through.",
        kinds=["docx", "xlsx", "html"],
        deps=[VERDICT],
    )
    edition = spec(
        "publication",
        "edition",
        "The edition that is published once a person has approved the build: report, annex, page, open data, marts.",
        kinds=["docx", "xlsx", "html", "parquet"],
        deps=[VERDICT],
    )

    @dg.multi_asset(name="make_draft", specs=[draft], partitions_def=years)
    def _draft(context: dg.AssetExecutionContext, workplace: Workplace) -> dg.MaterializeResult:
        path = publishing.draft(workplace.home, year_of(context))
        return dg.MaterializeResult(metadata={"path": dg.MetadataValue.path(str(path))})

    @dg.multi_asset(name="make_edition", specs=[edition], partitions_def=years)
    def _publish(
        context: dg.AssetExecutionContext, config: PublishConfig, workplace: Workplace
    ) -> dg.MaterializeResult:
        made = publishing.publish(workplace.home, year_of(context), config.build_id or None)
        return dg.MaterializeResult(
            metadata={
                "edition": made.edition,
                "path": dg.MetadataValue.path(str(made.path)),
                "manifest_sha256": made.manifest_sha256,
            }
        )

    return [_draft, _publish]
