"""What became of each landed file of a year: sender, version, outcome, which version it supersedes.

Lives here: the value `Submission`, numbering and supersession, and the rows of the tables submissions, form_returns,
findings, explanations. Does not live here: reading files (workbook, registers) and writing accepted (acceptance.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from expectations.contracts.load import load
from expectations.findings import Finding, Outcome, Severity, outcome_of
from ingestion import rivals
from ingestion.comparison import Difference
from ingestion.explanations import Explanation
from ingestion.landing import Received
from ingestion.workbook.interpreted import FormState

WORKBOOK = "workbook"
Counts = dict[str, tuple[int, int]]
"""dataset -> (rows read, rows rejected)."""


@dataclass(kw_only=True)
class Submission:
    """One landed file × year while it is collected; `kind` is workbook or the register dataset.

    `stem` is the register's name without format, which versions are counted by. `findings` grow until the gate has
    run; `version`, `outcome`, `superseded_at`, `counts_from` and `before` are set by `conclude`. `counts_from` is None
    where it counts from its arrival; `prepared_by` is compared with rivals' and never leaves the vault.
    """

    received: Received
    kind: str
    stem: str = ""
    agency_code: str | None = None
    agency_name: str | None = None
    document_number: str | None = None
    document_date: date | None = None
    figures_as_of: date | None = None
    template_edition: str | None = None
    findings: list[Finding] = field(default_factory=list)
    forms: tuple[FormState, ...] = ()
    rows: Counts = field(default_factory=dict)
    lost_lines: int = 0
    version: int = 0
    outcome: Outcome = Outcome.ACCEPTED
    superseded_at: datetime | None = None
    counts_from: datetime | None = None
    prepared_by: str | None = None
    before: Submission | None = None
    difference: Difference | None = None
    answers: tuple[Explanation, ...] = ()

    @property
    def id(self) -> str:
        """The submission id."""
        return self.received.submission_id

    @property
    def sender(self) -> tuple[str, str]:
        """Whose versions are counted together: an agency's workbooks, or a register file's name."""
        if self.kind != WORKBOOK:
            return self.kind, self.stem
        return self.kind, self.agency_code or self.received.sha256

    @property
    def is_blocked(self) -> bool:
        """Whether a blocker stands: no row of this file may be accepted."""
        return any(finding.severity is Severity.BLOCKER for finding in self.findings)

    @property
    def rows_read(self) -> int:
        """Data rows found: all forms but the cover, or lines of the register, ragged ones too."""
        return sum(read for name, (read, _) in self.rows.items() if name != "cover") + self.lost_lines

    @property
    def rows_rejected(self) -> int:
        """Data rows kept out; all of them when the file is rejected."""
        if self.outcome is Outcome.REJECTED:
            return self.rows_read
        return sum(out for name, (_, out) in self.rows.items() if name != "cover") + self.lost_lines

    @property
    def rows_accepted(self) -> int:
        """Data rows that went into accepted."""
        return self.rows_read - self.rows_rejected

    @property
    def open_queries(self) -> int:
        """How many queries nobody has answered yet."""
        return sum(found.severity is Severity.QUERY and not self.answer_to(found) for found in self.findings)

    def answer_to(self, found: Finding) -> str | None:
        """What was answered to a finding, if anything."""
        return next((answer.explanation for answer in self.answers if answers_to(answer, self, found)), None)

    def count(self, severity: Severity) -> int:
        """How many findings of that severity."""
        return sum(finding.severity is severity for finding in self.findings)


def number(submissions: Sequence[Submission]) -> None:
    """Set versions: 1, 2, … in the order of arrival, rejected ones too, per sender."""
    counted: dict[tuple[str, str], int] = {}
    for one in submissions:
        counted[one.sender] = counted.get(one.sender, 0) + 1
        one.version = counted[one.sender]


def link(submissions: Sequence[Submission]) -> None:
    """Set `before`: the sender's latest earlier version without a blocker. Call it when all files are read."""
    latest: dict[tuple[str, str], Submission] = {}
    for one in submissions:
        one.before = latest.get(one.sender)
        if not one.is_blocked:
            latest[one.sender] = one


def conclude(submissions: Sequence[Submission]) -> None:
    """Set outcomes from the findings and `superseded_at`: the arrival of the next version that was not rejected.

    Of rivals (rivals.py) the approved one counts; one that never counts is superseded as it arrives.
    """
    for one in submissions:
        one.outcome = outcome_of(one.findings)
    after: dict[tuple[str, str], datetime] = {}
    for one in reversed(submissions):
        one.superseded_at = after.get(one.sender)
        if one.outcome is not Outcome.REJECTED:
            after[one.sender] = one.received.received_at
    taken = [one for one in submissions if one.outcome is not Outcome.REJECTED]
    counts = rivals.periods(taken)
    for one in taken:
        period = counts[one.received.sha256]
        one.superseded_at = period.until
        one.counts_from = period.since if period.since != one.received.received_at else None


def submission_rows(submissions: Iterable[Submission], rule_version: str) -> list[dict[str, Any]]:
    """The rows of the table `submissions`."""
    return [
        {
            "submission_id": one.id,
            "kind": one.kind,
            "agency_code": one.agency_code,
            "version": one.version,
            "file_name": one.received.file_name,
            "sha256": one.received.sha256,
            "channel": one.received.channel,
            "document_number": one.document_number or one.received.document_number,
            "document_date": one.document_date,
            "figures_as_of": one.figures_as_of,
            "received_at": one.received.received_at,
            "recorded_at": one.received.landed_at,
            "superseded_at": one.superseded_at,
            "counts_from": one.counts_from,
            "arrival_claimed": one.received.arrival_claimed,
            "outcome": str(one.outcome),
            "rows_accepted": one.rows_accepted,
            "rows_rejected": one.rows_rejected,
            "blockers": one.count(Severity.BLOCKER),
            "errors": one.count(Severity.ERROR),
            "queries": one.count(Severity.QUERY),
            "notes": one.count(Severity.NOTE),
            "template_edition": one.template_edition,
            "rule_version": rule_version,
        }
        for one in submissions
    ]


def form_return_rows(submissions: Iterable[Submission]) -> list[dict[str, Any]]:
    """The rows of the table `form_returns`: none for rejected files, whose forms nobody has returned."""
    return [
        {
            "submission_id": one.id,
            "version": one.version,
            "received_at": one.received.received_at,
            "recorded_at": one.received.landed_at,
            "superseded_at": one.superseded_at,
            "counts_from": one.counts_from,
            "agency_code": one.agency_code,
            "form": form.form,
            "state": form.state,
            "rows_read": one.rows.get(form.dataset, (0, 0))[0],
            "rows_accepted": one.rows.get(form.dataset, (0, 0))[0] - one.rows.get(form.dataset, (0, 0))[1],
            "rows_rejected": one.rows.get(form.dataset, (0, 0))[1],
        }
        for one in submissions
        if one.outcome is not Outcome.REJECTED and one.agency_code
        for form in one.forms
    ]


def finding_rows(submissions: Iterable[Submission]) -> list[dict[str, Any]]:
    """The rows of the table `findings`; a value of a personal field is taken out of its sentence."""
    return [
        {
            "submission_id": one.id,
            "agency_code": one.agency_code,
            "rule": found.rule,
            "severity": str(found.severity),
            "dataset": found.dataset,
            "sheet": found.sheet,
            "cell": found.cell,
            "row": found.row,
            "field": found.field,
            "message": _impersonal(found),
            "received_at": one.received.received_at,
            "superseded_at": one.superseded_at,
            "counts_from": one.counts_from,
            "explained": one.answer_to(found) is not None,
        }
        for one in submissions
        for found in one.findings
    ]


def answers_to(answer: Explanation, one: Submission, found: Finding) -> bool:
    """Whether an answer meets a finding. Whoever answers for a register answers for all of it."""
    return (
        answer.rule == found.rule
        and (one.kind != WORKBOOK or answer.agency_code == one.agency_code)
        and (answer.sheet is None or answer.sheet == found.sheet)
        and (answer.cell is None or answer.cell in (found.cell, str(found.row)))
        and (answer.submission_id is None or answer.submission_id == one.id)
    )


def _impersonal(found: Finding) -> str:
    if found.dataset and found.field and found.value:
        pii = load(found.dataset).field(found.field).pii if found.field in load(found.dataset).field_names else "none"
        if pii != "none":
            return replace(found, message=found.message.replace(found.value, "…")).message
    return found.message
