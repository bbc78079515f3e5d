"""Whom the search looks for: every id and name that the vault knows, of accepted rows and of rejected ones.

Lives here: reading them from the vault, and the ways an id may be written. Only the pipeline's user can read there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from expectations.contracts.load import all_contracts
from expectations.home import Home

if TYPE_CHECKING:
    import duckdb

LEAST_DIGITS = 8
"""A shorter number is no id any more, whatever was lost of it."""
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Persons:
    """``ids`` are digit strings as they may be written, with and without leading zeros; ``names`` are keys of names."""

    ids: frozenset[str]
    names: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, ids: Iterable[str], names: Iterable[str]) -> Persons:
        """From ids and names as they are written anywhere."""
        keys = (name_key(name) for name in names)
        return cls(frozenset(written for each in ids for written in writings(each)), frozenset(k for k in keys if k))


def writings(national_id: str) -> set[str]:
    """An id and what is left of it when it was a number: digits only, at least eight."""
    digits = "".join(character for character in national_id if character.isdigit() and character.isascii())
    return {each for each in (digits, digits.lstrip("0")) if len(each) >= LEAST_DIGITS}


def name_key(name: str) -> tuple[str, ...]:
    """The words of a name, composed and without case; a single word is nobody's full name and gives nothing."""
    words = tuple(_WORD.findall(unicodedata.normalize("NFC", name).casefold()))
    return words if len(words) > 1 else ()


def known_persons(home: Home) -> Persons:
    """Everybody in the vault: remembered identities and names, and what stands in the typed relations."""
    import duckdb

    ids: set[str] = set()
    names: set[str] = set()
    with duckdb.connect() as connection:
        for name, column, found in (("identities", "national_id", ids), ("names", "full_name", names)):
            if (path := home.vault / f"{name}.parquet").is_file():
                found |= _strings(connection, f"SELECT DISTINCT {column} FROM read_parquet('{_quoted(str(path))}')")
    for path in sorted((home.vault / "typed").glob("*.duckdb")):
        with duckdb.connect(str(path), read_only=True) as connection:
            for contract in all_contracts():
                for field in contract.fields:
                    if field.pii in ("identity", "name"):
                        found = ids if field.pii == "identity" else names
                        query = f"SELECT DISTINCT {field.name}, {field.name}__raw FROM typed.{contract.name}"
                        found |= _strings(connection, query)
    return Persons.of(ids, names)


def _strings(connection: duckdb.DuckDBPyConnection, query: str) -> set[str]:
    return {str(value) for row in connection.execute(query).fetchall() for value in row if value}


def _quoted(text: str) -> str:
    return text.replace("'", "''")
