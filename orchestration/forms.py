"""Writing the forms of a year for the agencies that owe it.

Lives here: whose form, and under which name. Does not live here: what is on it (``ingestion/template``).
"""

from __future__ import annotations

from pathlib import Path

from expectations.errors import UsageError
from orchestration.calendar import season
from orchestration.settings import load


def write(home: Path | None, year: int, agency: str | None, out: Path, *, prefill: bool) -> list[tuple[str, Path]]:
    """Write the form of ``agency`` (its code), or of every agency that owes ``year``; (agency_code, path) of each.

    UsageError for a year without calendar or an agency that owes nothing. A home is needed for ``prefill`` only.
    """
    from expectations.rules.parameters import from_reference
    from expectations.rules.version import rule_version
    from ingestion.template.owed import senders
    from ingestion.template.pages import blank_book
    from ingestion.template.prefill import LastYear
    from ingestion.template.self_check import SelfChecks
    from ingestion.template.shape import edition
    from ingestion.template.writer import workbook_bytes

    settings = load(home)
    place = settings.working_home() if prefill else settings.place()
    overlay = place.reference if place.reference.is_dir() else None
    season(year, overlay)
    chosen = [each for each in senders(year, overlay) if agency in (None, each.agency_code, each.official_code)]
    if not chosen:
        raise UsageError(f"{agency} owes no report for {year}")
    out.mkdir(parents=True, exist_ok=True)
    checks = SelfChecks(from_reference(overlay, is_sample=place.is_sample()))
    last_year = LastYear(place, year) if prefill else None
    written = []
    for sender in chosen:
        book = blank_book(sender, year, edition(year, rule_version()), overlay)
        if last_year is not None:
            last_year.prefill(book, sender)
        checks.add_to(book)
        path = out / f"{sender.official_code}_{year}.xlsx"
        path.write_bytes(workbook_bytes(book))
        written.append((sender.agency_code, path))
    return written
