"""A complaint about data is a value with a return address.

Lives here: severities, findings and what they add up to for one file (the outcome).
Does not live here: the sentences officers read (``rules/messages.py``) or who finds what (``gates/``, ingestion).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs; the members are ordered from the heaviest to the lightest."""

    BLOCKER = "blocker"
    ERROR = "error"
    QUERY = "query"
    NOTE = "note"

    @property
    def weight(self) -> int:
        """3 for a blocker down to 0 for a note, to sort and compare by."""
        return 3 - list(Severity).index(self)


class Outcome(StrEnum):
    """What became of a file, in the words of the receipt."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_QUERIES = "accepted_with_queries"
    PARTLY_ACCEPTED = "partly_accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One complaint: which rule, where (file, sheet, cell), what was seen, what is expected, how to repair it.

    ``value`` is already masked (see ``rules.messages.mask``): of an id it holds the last three digits at most.
    ``row`` is the 1-based row of the sheet or file, ``cell`` its address such as ``C14``.
    """

    rule: str
    severity: Severity
    message: str
    expected: str = ""
    fix: str = ""
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    dataset: str | None = None
    field: str | None = None
    value: str | None = None
    agency_code: str | None = None
    reporting_year: int | None = None
    submission_id: str | None = None

    def to_json(self) -> dict[str, str | None]:
        """The keys promised by ``nhantai check --json``, and ``file`` where one is known."""
        keys = ("rule", "severity", "sheet", "cell", "field", "value", "message", "expected", "fix")
        record: dict[str, str | None] = {key: getattr(self, key) for key in keys}
        record["severity"] = str(self.severity)
        if self.file is not None:
            record["file"] = self.file
        return record


def outcome_of(findings: Iterable[Finding]) -> Outcome:
    """The outcome of one file: its heaviest finding decides; notes never change it."""
    weights = {finding.severity for finding in findings}
    if Severity.BLOCKER in weights:
        return Outcome.REJECTED
    if Severity.ERROR in weights:
        return Outcome.PARTLY_ACCEPTED
    if Severity.QUERY in weights:
        return Outcome.ACCEPTED_WITH_QUERIES
    return Outcome.ACCEPTED


def by_weight(findings: Iterable[Finding]) -> list[Finding]:
    """Heaviest first, then in the order of the workbook (sheet, row, cell)."""
    return sorted(
        findings,
        key=lambda f: (-f.severity.weight, f.file or "", f.sheet or "", f.row or 0, f.cell or "", f.rule),
    )
