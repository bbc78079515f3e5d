"""A register file that should not have been sent is taken back by its sender, in writing.

Lives here: when a register without a row counts as the next version of one that had rows. Does not live here: what an
empty register is otherwise (a blocker, registers/load.py): nobody can tell a failed export from an intention (S11), so
the intention is the number of the letter in arrivals.csv.
"""

from __future__ import annotations

from collections.abc import Sequence

from expectations.findings import Finding, Severity
from ingestion.complaints import complaint
from ingestion.submissions import WORKBOOK, Submission

EMPTY = "TEP-SO_TRONG"


def accept(submissions: Sequence[Submission]) -> None:
    """Let an empty register with a document number supersede the version before; TEP-SO_RUT says so.

    `submissions` in the order of arrival. Call it before versions are linked.
    """
    standing: set[tuple[str, str]] = set()
    for one in submissions:
        if one.kind != WORKBOOK and one.sender in standing and _takes_back(one):
            one.findings = [f for f in one.findings if f.rule != EMPTY] + [_told(one)]
            standing.discard(one.sender)
        elif not one.is_blocked:
            standing.add(one.sender)


def _takes_back(one: Submission) -> bool:
    blockers = {finding.rule for finding in one.findings if finding.severity is Severity.BLOCKER}
    return blockers == {EMPTY} and bool(one.received.document_number)


def _told(one: Submission) -> Finding:
    return complaint(
        "TEP-SO_RUT",
        Severity.NOTE,
        {"so": str(one.received.document_number)},
        file=one.received.file_name,
        submission_id=one.id,
        agency_code=one.agency_code,
        reporting_year=one.received.year,
    )
