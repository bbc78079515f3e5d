"""Every different text of a register, read once: the words a file uses, what they mean, as a table to join with.

Ten million rows have few different dates and codes; each is read by the rules of a cell (values.py), never a row. Text
that the rules would leave as it is, most names and numbers, is known by its letters and is not asked about at all.
Does not live here: the rules, or the rows (typed.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb

from expectations.contracts.model import Contract, Field
from ingestion.registers.layout import Column, Layout
from ingestion.registers.source import Source
from ingestion.registers.values import Word, read_word
from ingestion.typing.codes import CodeList

TABLE = "register_words"
_BATCH = 100_000
_VIETNAMESE = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ"
PLAIN_TEXT = f"[!-~{_VIETNAMESE}]+( [!-~{_VIETNAMESE}]+)*"
"""Text that cleaning and the signs of a wrong encoding leave alone: printable ASCII, composed Vietnamese, one space."""
PLAIN_IDENTITY = "[0-9A-Za-z]+"
PLAIN_NUMBER = "[0-9]{1,15}"


class _QuietList(CodeList):
    """A code list that does not look for the nearest label: a column of other words would cost 0.1 ms each."""

    def nearest(self, text: str) -> str:
        return ""


@dataclass(frozen=True)
class Asked:
    """A field that comes from a column of the file: `number` is its place in the contract, `source` the SQL column."""

    number: int
    field: Field
    column: Column
    source: str
    kind: str | None
    """Kind of every cell of the column, None where each text begins with the kind of its own cell."""

    @property
    def plain(self) -> str | None:
        """The regular expression of texts that mean themselves, None where every text has to be read."""
        free = self.field.type in ("string", "text") and not self.field.pattern
        if not free or self.kind not in ("s", "n") or self.column.map or self.column.transforms:
            return None
        if self.kind == "n":
            return PLAIN_NUMBER
        return PLAIN_IDENTITY if self.field.pii == "identity" else PLAIN_TEXT


def asked_of(contract: Contract, layout: Layout, source: Source) -> list[Asked]:
    """The fields that this file has a column for."""
    found = []
    for number, field in enumerate(contract.fields):
        column = layout.columns.get(field.name)
        if column is not None and column.header is not None:
            at = source.headers.index(column.header)
            kind = source.kinds[at] if source.kinds else None
            found.append(Asked(number, field, column, f"c{at}", kind))
    return found


def make_words(
    connection: duckdb.DuckDBPyConnection, asked: list[Asked], source: Source, lists: Mapping[str, CodeList]
) -> set[int]:
    """Make the temporary table of words (f, w, value, raw, reason, bare, passport); the fields that have any."""
    connection.execute(
        f"""
        CREATE OR REPLACE TEMPORARY TABLE {TABLE} (
            f UTINYINT, w VARCHAR, value VARCHAR, raw VARCHAR, reason VARCHAR, bare VARCHAR, passport VARCHAR)
        """
    )
    if not asked:
        return set()
    texts = ", ".join(f"{{'f': {one.number}::UTINYINT, 'w': {_to_ask(one)}}}" for one in asked)
    connection.execute(
        f"""
        CREATE OR REPLACE TEMPORARY TABLE register_texts AS
        SELECT DISTINCT said.f AS f, said.w AS w FROM (SELECT unnest([{texts}]) AS said FROM {source.relation})
        WHERE said.w <> ''
        """,
        list(source.parameters),
    )
    quiet = {name: _quiet(each) for name, each in lists.items()}
    by_number = {one.number: one for one in asked}
    for batch in _batches(connection):
        _insert(connection, [(f, w, _read(by_number[f], w, quiet)) for f, w in batch])
    connection.execute("DROP TABLE register_texts")
    return {number for (number,) in connection.execute(f"SELECT DISTINCT f FROM {TABLE}").fetchall()}


def _to_ask(one: Asked) -> str:
    if one.plain is None:
        return one.source
    return f"CASE WHEN NOT regexp_full_match({one.source}, '{one.plain}') THEN {one.source} END"


def _read(one: Asked, text: str, lists: Mapping[str, CodeList]) -> Word:
    kind, written = (one.kind, text) if one.kind else (text[0], text[1:])
    return read_word(one.field, one.column, kind, written, lists)


def _batches(connection: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[int, str]]]:
    (last,) = connection.execute("SELECT max(rowid) FROM register_texts").fetchone() or (None,)
    for start in range(0, -1 if last is None else last + 1, _BATCH):
        yield connection.execute(
            "SELECT f, w FROM register_texts WHERE rowid BETWEEN ? AND ?", [start, start + _BATCH - 1]
        ).fetchall()


def _insert(connection: duckdb.DuckDBPyConnection, read: list[tuple[int, str, Word]]) -> None:
    import pyarrow as pa

    if not read:
        return
    columns: dict[str, pa.Array] = {
        "f": pa.array([f for f, _, _ in read], type=pa.uint8()),
        "w": pa.array([w for _, w, _ in read], type=pa.string()),
    }
    for name in ("value", "raw", "reason", "bare", "passport"):
        columns[name] = pa.array([getattr(word, name) for _, _, word in read], type=pa.string())
    connection.register("register_batch", pa.table(columns))
    connection.execute(f"INSERT INTO {TABLE} SELECT * FROM register_batch")
    connection.unregister("register_batch")


def _quiet(known: CodeList) -> CodeList:
    return _QuietList(known.name, [{"code": code, "label_vi": label} for code, label in known.labels.items()])
