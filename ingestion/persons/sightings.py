"""What each row that counts says of a person, remembered in the vault: one line per identity and way of telling.

Lives here: the temporary table ``sighting`` of a collection, its file ``vault/persons/<year>.parquet``, and how names
are made comparable. Does not live here: comparing them. Nothing of this leaves the vault but keys and addresses.

A line: reporting_year, person_id (identity_key; of a row without a number its address), identity_key, identity_kind,
national_id, dataset, full_name, plain_name (lower case, no title), bare_name (no diacritics either), birth_date, sex,
agency_code, unit_code, submission_id, file_name, sheet, row, variant (keyed hash of identity, plain name, birth date).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.contracts.load import all_contracts
from expectations.contracts.model import Contract
from expectations.home import Home
from ingestion import pseudonyms, vault
from ingestion.acceptance import kept
from ingestion.submissions import Submission
from ingestion.workbook.reference import reference_of

if TYPE_CHECKING:
    import duckdb

_TITLES = "^((gs|pgs|tskh|ts|ths|bscki|bsckii|bsck1|bsck2|bs|ds|ks|kts|cn|ncs)[. ]+)+"
"""What stands before a name and is none of it; no Vietnamese name begins with one of these as a word."""


def path_of(home: Home, year: int) -> Path:
    """The file of a year."""
    return home.vault / "persons" / f"{year}.parquet"


def paths(home: Home, before: int | None = None) -> list[Path]:
    """The files of all years, oldest first; only of years ``before`` one when given."""
    found = sorted((home.vault / "persons").glob("*.parquet"))
    return [path for path in found if before is None or int(path.stem) < before]


def make(connection: duckdb.DuckDBPyConnection, year: int, submissions: Sequence[Submission], key: bytes) -> None:
    """Make the temporary table ``sighting`` from the newest version of every sender that no blocker stops.

    The connection holds ``typed.*`` and the temporary tables ``identity`` and ``kept_out``.
    """
    newest = {one.sender: one for one in submissions if not one.is_blocked}.values()
    columns = (("submission_id", "VARCHAR"), ("file_name", "VARCHAR"), ("nth", "INTEGER"))
    rows = [
        {"submission_id": one.id, "file_name": one.received.file_name, "nth": nth} for nth, one in enumerate(newest)
    ]
    vault.make_table(connection, "counted", columns, rows)
    pseudonyms.install(connection, key)
    union = " UNION ALL ".join(_rows_of(contract) for contract in naming())
    connection.execute(
        f"""
        CREATE OR REPLACE TEMPORARY TABLE sighting AS
        WITH told AS ({union}),
        plain AS (
            SELECT *, regexp_replace(trim(regexp_replace(lower(nfc_normalize(full_name)), '[\\s.]+', ' ', 'g')),
                '{_TITLES}', '') AS plain_name
            FROM told
        )
        SELECT {year} AS reporting_year, * EXCLUDE (nth), {bare("plain_name")} AS bare_name,
            left(pseudonym('variant', concat_ws(chr(31), person_id, plain_name, CAST(birth_date AS VARCHAR))), 16)
                AS variant
        FROM plain
        QUALIFY row_number() OVER (
            PARTITION BY person_id, dataset, full_name, birth_date, sex, agency_code
            ORDER BY nth, submission_id, sheet, "row") = 1
        """
    )
    pseudonyms.uninstall(connection)


def remember(connection: duckdb.DuckDBPyConnection, home: Home, year: int) -> None:
    """Write the table to its file, whole, readable by the pipeline's user only."""
    path = path_of(home, year)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    by_place = 'SELECT * FROM sighting ORDER BY dataset, submission_id, sheet, "row"'
    vault.write_parquet(connection, path, by_place, mode=0o600)


def make_words(connection: duckdb.DuckDBPyConnection, home: Home, select: str, year: int) -> None:
    """Make the temporary table ``word`` of these sightings (SQL): the newest word of every sender about each person.

    A body that goes on in another, as seen in ``year``, is the same sender: who corrects a name is not asked about the
    year before.
    """
    reference = reference_of(home)
    day = reference.judged_on(year, None)
    codes = connection.execute(f"SELECT DISTINCT agency_code FROM ({select}) WHERE agency_code IS NOT NULL").fetchall()
    bodies = [{"agency_code": code, "body": reference.registry.carry_forward(code, day)} for (code,) in codes]
    vault.make_table(connection, "now_called", (("agency_code", "VARCHAR"), ("body", "VARCHAR")), bodies)
    connection.execute(
        f"""
        CREATE OR REPLACE TEMPORARY TABLE word AS
        SELECT said.* FROM ({select}) AS said LEFT JOIN now_called AS n ON n.agency_code = said.agency_code
        QUALIFY reporting_year = max(reporting_year) OVER (PARTITION BY person_id, dataset, n.body)
        """
    )


def naming() -> list[Contract]:
    """The datasets whose rows name a person by number and name."""
    return [c for c in all_contracts() if {"national_id", "full_name"} <= set(c.field_names)]


def bare(column: str) -> str:
    """SQL: a name without diacritics, letters and single spaces only."""
    letters = f"replace(strip_accents({column}), 'đ', 'd')"
    return f"trim(regexp_replace({letters}, '[^a-z]+', ' ', 'g'))"


def read_all(files: Iterable[Path]) -> str:
    """SQL: the lines of these files (at least one)."""
    names = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
    return f"SELECT * FROM read_parquet([{names}], hive_partitioning = false)"


def _rows_of(contract: Contract) -> str:
    """Rows that are kept, and rows without any number, with who and where."""
    names = set(contract.field_names)

    def optional(name: str, kind: str = "VARCHAR") -> str:
        return f"t.{name}" if name in names else f"CAST(NULL AS {kind}) AS {name}"

    agency = contract.channel == "workbook" or "agency_code" in names
    return f"""
        SELECT coalesce(i.identity_key, concat_ws(':', 'row', t.submission_id, '{contract.name}', t.sheet, t."row"))
                AS person_id,
            i.identity_key, coalesce(t.identity_kind, 'cccd') AS identity_kind, t.national_id,
            '{contract.name}' AS dataset, t.full_name, {optional("birth_date", "DATE")}, {optional("sex")},
            {"t.agency_code" if agency else "CAST(NULL AS VARCHAR) AS agency_code"}, {optional("unit_code")},
            t.submission_id, c.file_name, t.sheet, t."row", c.nth
        FROM typed.{contract.name} AS t
        JOIN counted AS c ON c.submission_id = t.submission_id
        LEFT JOIN identity AS i
            ON i.identity_kind = coalesce(t.identity_kind, 'cccd') AND i.national_id = t.national_id
        WHERE t.full_name IS NOT NULL AND (t.national_id IS NULL OR {kept(contract.name)})"""
