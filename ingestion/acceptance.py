"""From typed to accepted: what may leave the vault, pseudonymised, with all versions, whole files renamed into place.

Lives here: the accepted parquet of every dataset and of the four collection tables, empty ones too, and the row ledger.
Does not live here: outcomes and versions (submissions.py), the typed relation and names (vault.py).

The connection holds `typed.*` and the temporary tables `identity` (make_identities), `submission` (columns of
`submissions`), `form_return`, `finding`, `explanation` and `kept_out` (submission_id, dataset, sheet, row).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from expectations.contracts.collection_tables import COLLECTION_TABLES, columns_of
from expectations.contracts.load import all_contracts
from expectations.contracts.model import Contract, accepted_columns
from expectations.home import Home
from ingestion import pseudonyms, vault

if TYPE_CHECKING:
    import duckdb

_PROVENANCE = {"version", "received_at", "recorded_at", "superseded_at", "counts_from", "rule_version"}
_ORDERED = {
    "submissions": ("submission", "received_at, submission_id"),
    "form_returns": ("form_return", "received_at, submission_id, form"),
    "findings": ("finding", 'received_at, submission_id, dataset, sheet, "row", cell, rule, field, message'),
    "explanations": ("explanation", "agency_code, rule, sheet, cell, answered_at, explanation"),
}


class RowsLost(AssertionError):
    """The row ledger does not add up: a fault of ours; nothing was written."""


def write_accepted(connection: duckdb.DuckDBPyConnection, home: Home, year: int) -> list[str]:
    """Write every accepted file of the year; return the datasets whose bytes changed.

    Raises RowsLost before anything is written when read rows are not accepted plus rejected rows.
    """
    contracts = all_contracts()
    check_row_ledger(connection, contracts)
    named = [c.name for c in contracts if _identity(c) and "full_name" in c.field_names]
    vault.remember_persons(connection, home, named)
    changed = []
    for contract in contracts:
        if vault.write_parquet(connection, home.accepted(contract.name, year), accepted_select(contract)):
            changed.append(contract.name)
    for table in COLLECTION_TABLES:
        source, order = _ORDERED[table.name]
        names = ", ".join(f'"{name}"' for name, _ in columns_of(table))
        select = f"SELECT {names} FROM {source} ORDER BY {order}"
        if vault.write_parquet(connection, home.accepted(table.name, year), select):
            changed.append(table.name)
    return changed


def write_empty(home: Home, years: Iterable[int]) -> None:
    """Write an empty file, with its schema, for every dataset and year that has none: an empty glob is an error."""
    import duckdb

    connection = duckdb.connect()
    try:
        for year in years:
            for name, columns in _all_columns():
                path = home.accepted(name, year)
                if not path.exists():
                    nothing = ", ".join(f'CAST(NULL AS {kind}) AS "{column}"' for column, kind in columns)
                    vault.write_parquet(connection, path, f"SELECT {nothing} LIMIT 0")
    finally:
        connection.close()


def make_identities(connection: duckdb.DuckDBPyConnection, contracts: Iterable[Contract], key: bytes) -> None:
    """Make the temporary table `identity` (identity_kind, national_id, identity_key): each id is hashed once."""
    pseudonyms.install(connection, key)
    ids = " UNION ".join(
        f"SELECT coalesce(identity_kind, 'cccd') AS identity_kind, national_id FROM typed.{contract.name} "
        "WHERE national_id IS NOT NULL"
        for contract in contracts
        if _identity(contract)
    )
    connection.execute(
        f"""
        CREATE OR REPLACE TEMPORARY TABLE identity AS
        SELECT identity_kind, national_id, pseudonym(identity_kind, national_id) AS identity_key FROM ({ids})
        """
    )
    pseudonyms.uninstall(connection)


def accepted_select(contract: Contract) -> str:
    """SQL of the accepted rows of a dataset: exactly `accepted_columns`, in the order of arrival, sheet and row."""
    columns = ", ".join(f'{_expression(contract, name)} AS "{name}"' for name, _ in accepted_columns(contract))
    identity = (
        """
        LEFT JOIN identity AS i
            ON i.identity_kind = coalesce(t.identity_kind, 'cccd') AND i.national_id = t.national_id"""
        if _identity(contract)
        else ""
    )
    return f"""
        SELECT {columns}
        FROM typed.{contract.name} AS t
        JOIN submission AS s ON s.submission_id = t.submission_id{identity}
        WHERE s.outcome <> 'rejected' AND {kept(contract.name)}
        ORDER BY s.received_at, t.submission_id, t.sheet, t."row"
    """


def kept(dataset: str) -> str:
    """SQL condition over `t`, a typed row of `dataset`: no error keeps this row out."""
    return f"""NOT EXISTS (
            SELECT 1 FROM kept_out AS k
            WHERE k.dataset = '{dataset}' AND k.submission_id = t.submission_id
                AND k.sheet = coalesce(t.sheet, '') AND k."row" = t."row")"""


def check_row_ledger(connection: duckdb.DuckDBPyConnection, contracts: Iterable[Contract]) -> None:
    """Every typed row of a file is accepted or kept out, once: RowsLost names the dataset otherwise."""
    for contract in contracts:
        read, taken, out = connection.execute(
            f"""
            SELECT count(*), count(*) FILTER ({kept(contract.name)}), (
                SELECT count(*) FROM kept_out AS k
                WHERE k.dataset = '{contract.name}' AND EXISTS (
                    SELECT 1 FROM typed.{contract.name} AS o WHERE o.submission_id = k.submission_id
                        AND coalesce(o.sheet, '') = k.sheet AND o."row" = k."row"))
            FROM typed.{contract.name} AS t
            """
        ).fetchone()  # type: ignore[misc]
        if read != taken + out:
            raise RowsLost(f"{contract.name}: {read} rows read, {taken} accepted, {out} rejected")


def _expression(contract: Contract, name: str) -> str:
    if name in _PROVENANCE:
        return f"s.{name}"
    if name == "identity_key":
        return "i.identity_key"
    if name == "identity_kind":
        return "coalesce(t.identity_kind, 'cccd')"
    if name == "birth_year":
        birth = next(field.name for field in contract.fields if field.pii == "birth")
        return f"CAST(year(t.{birth}) AS INTEGER)"
    return f't."{name}"'


def _identity(contract: Contract) -> bool:
    return any(field.pii == "identity" for field in contract.fields)


def _all_columns() -> list[tuple[str, list[tuple[str, str]]]]:
    datasets = [(contract.name, accepted_columns(contract)) for contract in all_contracts()]
    return datasets + [(table.name, columns_of(table)) for table in COLLECTION_TABLES]
