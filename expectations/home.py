"""Where things lie in a home: every path of the tree, said once.

Lives here: the names of folders and files under ``home/``. Nothing is created, opened or read here except the
marker of a sample home. Which home is meant (option, environment) is the business of ``orchestration/settings.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Home:
    """The tree that one province works in. Years are reporting years (int), agencies are ``agency_code`` values."""

    root: Path

    def inbox(self, year: int) -> Path:
        """Where files of a reporting year arrive; they stay there."""
        return self.root / "inbox" / str(year)

    def arrivals(self, year: int) -> Path:
        """The intake journal of a year."""
        return self.inbox(year) / "arrivals.csv"

    def explanations(self, year: int) -> Path:
        """Answers to queries, and agencies that will not report."""
        return self.inbox(year) / "explanations.csv"

    @property
    def landing(self) -> Path:
        """Immutable bytes by sha256."""
        return self.root / "landing"

    @property
    def vault(self) -> Path:
        """Parsed text, identities, names: the pipeline user only."""
        return self.root / "vault"

    @property
    def accepted_root(self) -> Path:
        """All accepted datasets."""
        return self.root / "accepted"

    def accepted(self, dataset: str, year: int) -> Path:
        """The one parquet file of a dataset and reporting year."""
        return self.accepted_root / dataset / f"reporting_year={year}" / "data.parquet"

    @property
    def builds(self) -> Path:
        """All finished builds, and the one being made."""
        return self.root / "build"

    @property
    def next_build(self) -> Path:
        """The fixed path dbt builds in; renamed to ``build(id)`` when closed."""
        return self.builds / ".next"

    def build(self, build_id: str) -> Path:
        """A finished build."""
        return self.builds / build_id

    def feedback(self, year: int, agency: str) -> Path:
        """Receipts and annotated workbooks for one agency (``_unknown/<sha8>`` for an unknown sender)."""
        return self.root / "feedback" / str(year) / agency

    def publication(self, year: int) -> Path:
        """The editions of a year."""
        return self.root / "publication" / str(year)

    def edition(self, year: int, number: int) -> Path:
        """One edition of a year."""
        return self.publication(year) / str(number)

    def current(self, year: int) -> Path:
        """The symlink to the newest edition of a year."""
        return self.publication(year) / "current"

    @property
    def reference(self) -> Path:
        """The optional overlay on the shipped reference lists."""
        return self.root / "reference"

    @property
    def dagster(self) -> Path:
        """DAGSTER_HOME."""
        return self.root / "dagster"

    @property
    def ledger(self) -> Path:
        """The one ledger, hash-chained."""
        return self.root / "ledger.jsonl"

    @property
    def truth(self) -> Path:
        """What a sample season knows about itself."""
        return self.root / "truth"

    @property
    def sample_marker(self) -> Path:
        """``sample.json``: {seed, agencies, years, faults}. Where it stands, no real person is in the home."""
        return self.root / "sample.json"

    def is_sample(self) -> bool:
        """Whether this home is marked as a sample."""
        return self.sample_marker.is_file()
