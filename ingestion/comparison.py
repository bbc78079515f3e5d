"""What changed between a submission and the version before it: rows added, removed, changed, by the contract's key.

Lives here: the count, set-based over the typed relation. Does not live here: who comes before whom (submissions.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from expectations.contracts.load import all_contracts
from expectations.contracts.model import Contract

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Difference:
    """Rows of all forms together; a row that only moved within its form is unchanged."""

    added: int = 0
    removed: int = 0
    changed: int = 0

    def __add__(self, other: Difference) -> Difference:
        return Difference(self.added + other.added, self.removed + other.removed, self.changed + other.changed)


def differences(connection: duckdb.DuckDBPyConnection, before: Mapping[str, str]) -> dict[str, Difference]:
    """For each submission id in `before` (id -> id of the version before): what changed. Both have typed rows."""
    found = dict.fromkeys(before, Difference())
    if not before:
        return found
    connection.execute("CREATE OR REPLACE TEMPORARY TABLE pair (newer VARCHAR, older VARCHAR)")
    connection.executemany("INSERT INTO pair VALUES (?, ?)", [list(item) for item in before.items()])
    for contract in _compared(all_contracts()):
        for newer, added, removed, changed in connection.execute(_statement(contract)).fetchall():
            found[newer] += Difference(added, removed, changed)
    connection.execute("DROP TABLE pair")
    return found


def _compared(contracts: Iterable[Contract]) -> list[Contract]:
    """All datasets but the cover: its document number and date change with every sending."""
    return [contract for contract in contracts if contract.name != "cover"]


def _statement(contract: Contract) -> str:
    key = ", ".join(f"coalesce(CAST(t.\"{name}\" AS VARCHAR), '')" for name in contract.primary_key)
    values = ", ".join(f't."{name}", t."{name}__raw"' for name in contract.field_names)

    def side(column: str) -> str:
        return f"""
            SELECT p.newer, hash({key}) AS k, hash({values}) AS h,
                row_number() OVER (PARTITION BY p.newer, hash({key}) ORDER BY hash({values})) AS nth
            FROM typed.{contract.name} AS t JOIN pair AS p ON p.{column} = t.submission_id
        """

    return f"""
        SELECT coalesce(n.newer, o.newer), count(*) FILTER (o.k IS NULL), count(*) FILTER (n.k IS NULL),
            count(*) FILTER (n.h <> o.h)
        FROM ({side("newer")}) AS n
        FULL JOIN ({side("older")}) AS o ON n.newer = o.newer AND n.k = o.k AND n.nth = o.nth
        GROUP BY 1
    """
