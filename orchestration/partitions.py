"""The one partitioning there is: the reporting year, static, from the calendar.

Agencies are rows, never partitions: a gate, a build or a run that cost one overhead per agency would cost the evening.
"""

from __future__ import annotations

import dagster as dg

from orchestration.calendar import seasons


def reporting_years() -> dg.StaticPartitionsDefinition:
    """One partition a reporting year of the shipped calendar, keyed ``2025``."""
    return dg.StaticPartitionsDefinition([str(season.year) for season in seasons()])
