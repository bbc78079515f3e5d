"""Returns whose content is last year's, or a neighbour's, under a new date (M6).

Lives here: what of a workbook says something (texts and numbers; dates, codes, marks and people do not), how much each
piece says, and which share of it another workbook said before. Set-based, in the connection of a collection.
Does not live here: exact copies of a file (intake.py), what is done about it (the finding is a query).

How much a piece says is ln(number of senders / senders who say it): a course that every agency held weighs little, an
amount that nobody else wrote weighs most. Forms whose rows are expected again (``carries_over``) are not compared with
the sender's own last year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.contracts.load import all_contracts
from expectations.contracts.model import Contract, Field
from expectations.home import Home

if TYPE_CHECKING:
    import duckdb

SHARE = 0.8
"""At least this share of what a workbook says was said before: an officer who writes anew repeats far less."""
ENOUGH_PIECES = 6
"""Below this many pieces a workbook says too little to be called a copy of anything."""

WIDESPREAD = 25
"""What more senders than these write is common property, and comparing everybody over it would cost a square."""

_SPEAKING = frozenset({"string", "text", "integer", "decimal"})


@dataclass(frozen=True)
class Recycled:
    """``submission_id`` repeats ``share`` (0–1) of its content from the ``year`` of ``agency_code``."""

    submission_id: str
    agency_code: str
    year: int
    share: float


def recycled(
    connection: duckdb.DuckDBPyConnection, home: Home, year: int, newest: Mapping[str, str], heir: Callable[[str], str]
) -> list[Recycled]:
    """The newest workbooks (submission id → agency, in the order of arrival) that repeat another return: the closest.

    Of two equal returns of one year the later one repeats.
    ``heir`` names the body that continues one of last year's: a successor that copies its predecessor copies itself.
    """
    connection.execute(
        "CREATE OR REPLACE TEMPORARY TABLE piece (source VARCHAR, agency VARCHAR, year INTEGER, "
        "nth INTEGER, carried BOOLEAN, said UBIGINT)"
    )
    connection.execute("CREATE OR REPLACE TEMPORARY TABLE sender (id VARCHAR, agency VARCHAR, nth INTEGER)")
    senders = [(submission, agency, nth) for nth, (submission, agency) in enumerate(newest.items())]
    senders += [(submission, heir(agency), -1) for submission, agency in _sent(connection, home, year - 1)]
    if senders:
        connection.executemany("INSERT INTO sender VALUES (?, ?, ?)", senders)
    for contract in all_contracts():
        if contract.sheet is not None and contract.name != "cover":
            _take(connection, contract, f"typed.{contract.name}", year)
            if (last := home.accepted(contract.name, year - 1)).is_file():
                _take(connection, contract, _parquet(last), year - 1)
    found = connection.execute(
        _CLOSEST, {"year": year, "share": SHARE, "enough": ENOUGH_PIECES, "widespread": WIDESPREAD}
    ).fetchall()
    connection.execute("DROP TABLE piece")
    connection.execute("DROP TABLE sender")
    return [Recycled(*row) for row in found]


def _sent(connection: duckdb.DuckDBPyConnection, home: Home, year: int) -> list[tuple[str, str]]:
    """Submission and agency of every workbook that counts in an earlier year."""
    table = home.accepted("submissions", year)
    if not table.is_file():
        return []
    return connection.execute(
        f"SELECT submission_id, agency_code FROM {_parquet(table)} "
        "WHERE kind = 'workbook' AND superseded_at IS NULL AND agency_code IS NOT NULL"
    ).fetchall()


def _parquet(path: Path) -> str:
    literal = str(path).replace("'", "''")
    return f"read_parquet('{literal}', hive_partitioning = false)"


def _take(connection: duckdb.DuckDBPyConnection, contract: Contract, relation: str, year: int) -> None:
    """The pieces of one form of the senders; the n-th time a workbook says the same is a piece of its own."""
    if not (fields := _speaking(contract.fields)):
        return
    columns = ", ".join(f't."{field.name}"' for field in fields)
    values = ", ".join(f"('{f.name}', CAST(\"{f.name}\" AS VARCHAR))" for f in fields)
    said = f"hash('{contract.name}', v.field, lower(trim(v.value)))"
    connection.execute(
        f"""
        INSERT INTO piece
        SELECT r.id, r.agency, {year}, r.nth, {contract.carries_over},
            hash({said}, row_number() OVER (PARTITION BY r.id, {said}))
        FROM (SELECT s.*, {columns} FROM {relation} AS t JOIN sender AS s ON s.id = t.submission_id) AS r,
            (VALUES {values}) AS v (field, value)
        WHERE v.value IS NOT NULL AND v.value NOT IN ('', '0')
        """
    )


def _speaking(fields: Iterable[Field]) -> list[Field]:
    """Fields whose values somebody wrote for this report: no people, codes, marks or dates."""
    return [f for f in fields if f.type in _SPEAKING and f.pii == "none" and not f.derived and f.name != "agency_code"]


_CLOSEST = """
    WITH senders AS (SELECT count(DISTINCT agency) AS n FROM piece),
    weight AS (
        SELECT said, ln((SELECT n FROM senders) / count(DISTINCT agency)) + 0.01 AS w FROM piece
        GROUP BY said HAVING count(DISTINCT agency) <= $widespread
    ),
    own AS (SELECT p.*, w.w FROM piece AS p JOIN weight AS w USING (said) WHERE p.year = $year),
    pairs AS (
        SELECT n.source, n.agency, o.agency AS other, o.year AS other_year, sum(n.w) AS shared
        FROM own AS n JOIN piece AS o ON o.said = n.said AND o.nth < n.nth
            AND NOT (o.agency = n.agency AND (o.year = n.year OR n.carried))
        GROUP BY ALL
    ),
    whole AS (
        SELECT source, sum(w) AS says, count(*) AS pieces,
            sum(w) FILTER (NOT carried) AS says_anew, count(*) FILTER (NOT carried) AS pieces_anew
        FROM own GROUP BY source
    ),
    shares AS (
        SELECT p.source, p.other, p.other_year,
            p.shared / CASE WHEN p.other = p.agency THEN w.says_anew ELSE w.says END AS share,
            CASE WHEN p.other = p.agency THEN w.pieces_anew ELSE w.pieces END AS pieces
        FROM pairs AS p JOIN whole AS w USING (source)
    )
    SELECT source, other, other_year, share FROM shares
    WHERE share >= $share AND pieces >= $enough
    QUALIFY row_number() OVER (PARTITION BY source ORDER BY share DESC, other_year, other) = 1
    ORDER BY source
"""
