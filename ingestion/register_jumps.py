"""A register beside last year's: many times as many recruits as the same authority had (S14).

Lives here: one query, upwards only: a register that is still short is what `register_coverage` speaks of. Does not live
here: figures that jump (gate 2, YEAR-JUMP), a version that is shorter than the one before (across.py).

The connection holds `typed.*` and the temporary table `kept_out`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from expectations.findings import Severity
from expectations.home import Home
from ingestion.acceptance import kept
from ingestion.complaints import complaint
from ingestion.submissions import Submission

if TYPE_CHECKING:
    import duckdb

RULE = "TEP-SO_TANG_VOT"
TIMES = 3
"""An export twice or with the years before in it; a campaign of that size has a decision that explains it."""
FEW = 20
"""Below so many last year, chance alone triples a number."""


def tell(connection: duckdb.DuckDBPyConnection, home: Home, year: int, submissions: Sequence[Submission]) -> None:
    """A query at the register that has most of the rows; decisions in force that take effect in their own year count.

    `submissions`: those that count.
    """
    registers = {one.id: one for one in submissions if one.kind == "recruitment_register"}
    last = home.accepted("recruitment_register", year - 1)
    if not registers or not last.is_file():
        return
    rows = connection.execute(
        f"""
        WITH files AS (
            SELECT t.deciding_agency_code, t.submission_id, count(*) AS n FROM typed.recruitment_register AS t
            WHERE t.submission_id IN (SELECT unnest($registers)) AND t.status = 'hieu_luc'
                AND year(t.effective_on) = $year AND {kept("recruitment_register")}
            GROUP BY ALL),
        now AS (
            SELECT deciding_agency_code, CAST(sum(n) AS BIGINT) AS n,
                arg_max(submission_id, (n, submission_id)) AS largest
            FROM files GROUP BY ALL),
        before AS (
            SELECT deciding_agency_code, count(*) AS m FROM read_parquet($last, hive_partitioning=false)
            WHERE superseded_at IS NULL AND status = 'hieu_luc' AND year(effective_on) = $year - 1 GROUP BY ALL)
        SELECT largest, deciding_agency_code, n, m FROM now INNER JOIN before USING (deciding_agency_code)
        WHERE m >= {FEW} AND n >= {TIMES} * m ORDER BY ALL
        """,
        {"registers": list(registers), "year": year, "last": str(last)},
    ).fetchall()
    for submission_id, code, n, m in rows:
        one = registers[submission_id]
        facts = {"ma": code, "n": str(n), "m": str(m), "nam0": str(year - 1), "ten_tep": one.received.file_name}
        one.findings.append(
            complaint(
                RULE,
                Severity.QUERY,
                facts,
                file=one.received.file_name,
                dataset="recruitment_register",
                submission_id=one.id,
                reporting_year=year,
            )
        )
