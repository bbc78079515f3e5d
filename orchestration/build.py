"""All definitions of the code location, assembled by one function that takes replacements.

Lives here: assembly only. Nothing is defined, read or parsed before ``build_definitions`` is called.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dagster as dg

from orchestration.settings import Settings, load


def build_definitions(settings: Settings | None = None, resources: Mapping[str, Any] | None = None) -> dg.Definitions:
    """The assets, checks, jobs, schedules and sensors of one home.

    ``settings`` default to the environment; ``resources`` replace ours by name. The dbt manifest is parsed here when
    the project has changed, and read otherwise.
    """
    from orchestration import jobs, manifest, schedules, sensors
    from orchestration.assets import collection, inbox, publication, review, warehouse
    from orchestration.partitions import reporting_years
    from orchestration.resources import Workplace

    settings = settings or load()
    years = reporting_years()
    models = warehouse.warehouse_assets(manifest.current(settings.place(), settings.dbt_project), years)
    reports = [key for key in models.keys if key.path[0] in {"reports", "marts"}]
    all_jobs = jobs.all_jobs()
    return dg.Definitions(
        assets=[
            inbox.inbox_assets(years),
            collection.collection_assets(years),
            *warehouse.build_inputs(),
            models,
            review.review_assets(reports, years),
            *publication.publication_assets(years),
        ],
        asset_checks=[warehouse.warehouse_checks()],
        jobs=list(all_jobs.values()),
        schedules=schedules.all_schedules(settings, all_jobs),
        sensors=[sensors.inbox_sensor(settings, all_jobs["collect"])],
        resources={"workplace": Workplace.of(settings), **(resources or {})},
        executor=dg.in_process_executor,
    )
