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
    contracts = [contract for contract in all_contracts() if contract.sheet is not None and contract.name != "cover"]
    connection.execute(
        "CREATE OR REPLACE TEMPORARY TABLE piece (source VARCHAR, agency VARCHAR, year INTEGER, "
        "nth INTEGER, carried BOOLEAN, said UBIGINT)"
    )
    if newest:
        for contract in contracts:
            _take_this_year(connection, contract, year, newest)
            _take_last_year(connection, home, contract, year - 1, heir)
    found = connection.execute(
        _CLOSEST, {"year": year, "share": SHARE, "enough": ENOUGH_PIECES, "widespread": WIDESPREAD}
    ).fetchall()
    connection.execute("DROP TABLE piece")
    return [Recycled(*row) for row in found]


def _take_this_year(
    connection: duckdb.DuckDBPyConnection, contract: Contract, year: int, newest: Mapping[str, str]
) -> None:
    if not (fields := _speaking(contract.fields)):
        return
    connection.execute("CREATE OR REPLACE TEMPORARY TABLE sender (nth INTEGER, id VARCHAR, agency VARCHAR)")
    connection.executemany("INSERT INTO sender VALUES (?, ?, ?)", [[n, *item] for n, item in enumerate(newest.items())])
    rows = (
        f"SELECT t.submission_id AS source, s.agency, s.nth, {_columns(fields)} "
        f"FROM typed.{contract.name} AS t JOIN sender AS s ON s.id = t.submission_id"
    )
    connection.execute(_pieces(contract, fields, year, rows))


def _take_last_year(
    connection: duckdb.DuckDBPyConnection, home: Home, contract: Contract, year: int, heir: Callable[[str], str]
) -> None:
    path = home.accepted(contract.name, year)
    if not path.is_file() or not (fields := _speaking(contract.fields)):
        return
    agencies = connection.execute(f"SELECT DISTINCT agency_code FROM read_parquet('{path}')").fetchall()
    if not agencies:
        return
    connection.execute("CREATE OR REPLACE TEMPORARY TABLE heir (agency VARCHAR, now VARCHAR)")
    connection.executemany("INSERT INTO heir VALUES (?, ?)", [[code, heir(code)] for (code,) in agencies])
    rows = (
        f"SELECT t.submission_id AS source, h.now AS agency, -1 AS nth, {_columns(fields)} "
        f"FROM read_parquet('{path}') AS t JOIN heir AS h ON h.agency = t.agency_code "
        "WHERE t.superseded_at IS NULL"
    )
    connection.execute(_pieces(contract, fields, year, rows))


def _speaking(fields: Iterable[Field]) -> list[Field]:
    """Fields whose values somebody wrote for this report: no people, codes, marks or dates."""
    return [f for f in fields if f.type in _SPEAKING and f.pii == "none" and not f.derived and f.name != "agency_code"]


def _columns(fields: Iterable[Field]) -> str:
    return ", ".join(f't."{field.name}"' for field in fields)


def _pieces(contract: Contract, fields: list[Field], year: int, rows: str) -> str:
    """One line for each value; the n-th time a workbook says the same is a piece of its own."""
    values = ", ".join(f"('{f.name}', CAST(\"{f.name}\" AS VARCHAR))" for f in fields)
    said = f"hash('{contract.name}', v.field, lower(trim(v.value)))"
    return f"""
        INSERT INTO piece
        SELECT r.source, r.agency, {year}, r.nth, {contract.carries_over},
            hash({said}, row_number() OVER (PARTITION BY r.source, {said}))
        FROM ({rows}) AS r, (VALUES {values}) AS v (field, value)
        WHERE v.value IS NOT NULL AND v.value NOT IN ('', '0')
    """


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
