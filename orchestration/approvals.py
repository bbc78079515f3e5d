"""A person's word, in the ledger: an approval bound to the hash of a manifest, and the province's own steps.

Lives here: who may approve what, and what was approved, published, signed.
Does not live here: publishing (``reporting/editions.py`` reads the event again).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from expectations import ledger
from expectations.builds import BuildRecord, find, open_gate
from expectations.errors import UsageError
from expectations.home import Home
from orchestration import lock
from orchestration.calendar import season
from orchestration.fingerprints import STEPS, sha256_of


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


def record_step(home: Home, year: int, event: str, number: str, on: date) -> dict[str, Any]:
    """Record a step of the province itself (handed to UBND, signed, sent); UsageError for others."""
    if event not in STEPS:
        raise UsageError(f"{event!r} is no step of the province: {', '.join(STEPS)}")
    season(year, home.reference)
    with lock.hold(home, f"signed {year}"):
        return ledger.append(
            home.ledger, event, reporting_year=year, document_number=number, happened_on=on.isoformat()
        )


def approvals(home: Home, year: int) -> list[dict[str, Any]]:
    """The approvals of a year, oldest first."""
    return _lines(home, year, "approved")


def is_approved(home: Home, build: BuildRecord) -> bool:
    """Whether a person has approved exactly this manifest."""
    manifest = sha256_of(build.path / "manifest.json")
    return any(line.get("manifest_sha256") == manifest for line in approvals(home, build.year))


def is_published(home: Home, build: BuildRecord) -> bool:
    """Whether the newest edition of the year was made from this build and is still there."""
    lines = _lines(home, build.year, "published")
    return bool(lines) and lines[-1].get("build_id") == build.build_id and home.current(build.year).exists()


def _lines(home: Home, year: int, event: str) -> list[dict[str, Any]]:
    lines = ledger.read(home.ledger)
    return [line for line in lines if line["event"] == event and line.get("reporting_year") == year]
