"""A person's word for a build: an event of the ledger that binds a name to the hash of a manifest.

Lives here: who may approve what. Does not live here: publishing (``reporting/editions.py`` reads the event again).
"""

from __future__ import annotations

from typing import Any

from expectations import ledger
from expectations.errors import UsageError
from expectations.home import Home
from orchestration import lock
from orchestration.builds import find, open_gate


def approve(home: Home, year: int, by: str, build_id: str | None = None) -> dict[str, Any]:
    """Record that ``by`` approves the newest build of ``year`` (or ``build_id``) and return the line of the ledger.

    NotFit when the build was not reviewed or gate 2 is closed; UsageError when nobody signs. The approval holds for
    exactly this manifest: another build needs another approval. The same approval twice is recorded once.
    """
    if not by.strip():
        raise UsageError("an approval needs the name of who approves: --by NAME")
    with lock.hold(home, f"approve {year}"):
        build = find(home, year, build_id)
        gate = open_gate(build)
        said = {
            "reporting_year": year,
            "build_id": build.build_id,
            "manifest_sha256": gate["manifest_sha256"],
            "by": by.strip(),
        }
        for line in approvals(home, year):
            if all(line.get(key) == value for key, value in said.items()):
                return line
        return ledger.append(home.ledger, "approved", **said)


def approvals(home: Home, year: int) -> list[dict[str, Any]]:
    """The approvals of a year, oldest first."""
    lines = ledger.read(home.ledger)
    return [line for line in lines if line["event"] == "approved" and line.get("reporting_year") == year]
