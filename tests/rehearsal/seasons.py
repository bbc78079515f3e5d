"""What the tests of the sample have in common: which season, and how a home is compared byte by byte."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from expectations.home import Home
from ingestion.collected import CollectReport
from ingestion.rehearsal.season import SeasonReport

AGENCIES = 12
SEED = 7
YEARS = (2024, 2025, 2026)
NOW = datetime(2026, 11, 24, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def hashes(root: Path) -> dict[str, str]:
    """Relative path -> sha256 of every file of a home."""
    found = sorted(path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


@dataclass
class Season:
    """A season in its home; `as_made` are the hashes before anything was collected."""

    home: Home
    report: SeasonReport
    as_made: dict[str, str]
    collected: dict[int, CollectReport]
