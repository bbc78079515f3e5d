"""What no file shows alone: one version beside the one before, one agency beside its predecessor, year beside year.

Lives here: queries that compare submissions of a year with each other and with last year's accepted talents.
Does not live here: row rules (expectations/rules) and what crosses the province's figures (gate 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from expectations.home import Home
from ingestion.complaints import complaint
from ingestion.submissions import Submission

if TYPE_CHECKING:
    import duckdb

FEW_ROWS = 10
PARTIAL_SHARE = 0.5
"""A version that has at most this share of the rows of the one before looks like a correction sent alone (S06)."""


def judge(connection: duckdb.DuckDBPyConnection, home: Home, year: int, submissions: Sequence[Submission]) -> None:
    """Add what is found to the findings of each submission. Only versions that nothing supersedes are looked at."""
    for one in submissions:
        _looks_partial(one)


def _looks_partial(one: Submission) -> None:
    """TEP-BAN_SUA_MOT_PHAN: the version before had many more rows; if only corrections were sent, the rest is lost."""
    if one.before is None or one.is_blocked or one.before.rows_read < FEW_ROWS:
        return
    if one.rows_read > PARTIAL_SHARE * one.before.rows_read:
        return
    n, m = one.rows_read, one.before.rows_read
    one.findings.append(
        complaint(
            "TEP-BAN_SUA_MOT_PHAN",
            "query",
            {"n": str(n), "m": str(m), "k": str(m - n), "ten_tep": one.received.file_name},
            file=one.received.file_name,
            submission_id=one.id,
            agency_code=one.agency_code,
            reporting_year=one.received.year,
        )
    )
