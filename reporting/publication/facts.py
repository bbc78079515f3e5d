"""What an edition knows of itself before it is rendered: number, build, approval. All instants come from the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from expectations.errors import NotFit


@dataclass(frozen=True)
class EditionFacts:
    """Passed to everything that renders. ``number`` is 0 and ``approved_*`` are None for a draft."""

    year: int
    number: int
    build_id: str
    known_at: str
    code_version: str
    rule_version: str
    approved_by: str | None = None
    approved_at: str | None = None

    @property
    def is_draft(self) -> bool:
        """Whether nobody has approved this yet."""
        return self.approved_by is None


@dataclass(frozen=True)
class Edition:
    """A published edition: its number, folder and the sha256 of its manifest."""

    edition: int
    path: Path
    manifest_sha256: str
    is_new: bool = True


class NotPublishable(NotFit):
    """Gate 2, the hash of the build or the approval does not allow this edition; the published one stays as it is."""
