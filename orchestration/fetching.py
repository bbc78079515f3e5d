"""Bringing registers from elsewhere into the inbox, under the lock of the home.

Lives here: handing settings to ``ingestion.registers.fetch``. Does not live here: any place or file.
"""

from __future__ import annotations

from typing import Any

from expectations.home import Home
from orchestration import lock
from orchestration.calendar import season
from orchestration.settings import Settings


def fetch(settings: Settings, home: Home, year: int) -> list[dict[str, Any]]:
    """What the layouts of the home ask for, as files in the inbox of ``year``: file_name, layout, is_new.

    UsageError when the calendar has no such year; OperatorError when a place or a credential is missing.
    """
    from ingestion.registers import fetch as fetching
    from ingestion.registers.connections import read_connections
    from ingestion.registers.layout import layouts_of

    season(year, home.reference)
    with lock.hold(home, f"fetch {year}"):
        connections = read_connections(settings.connections_file.expanduser())
        found = fetching.fetch(layouts_of(home.reference), home.inbox(year), connections)
    return [{"file_name": one.file_name, "layout": one.layout, "is_new": one.is_new} for one in found]
