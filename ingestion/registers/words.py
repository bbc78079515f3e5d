"""Every different text of a register, read once: the words a file uses, what they mean, as a table to join with.

Ten million rows have few different dates and codes; each is read by the rules of a cell (values.py), never a row. Text
that the rules would leave as it is, most names and numbers, is known by its letters and is not asked about at all.
Does not live here: the rules, or the rows (typed.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import duckdb

from expectations.contracts.model import Contract, Field
from ingestion.registers import old_fonts
from ingestion.registers.layout import Column, Layout
from ingestion.registers.source import Source
from ingestion.registers.values import Word, read_word
from ingestion.typing.codes import CodeList
from ingestion.typing.legacy import BEYOND

TABLE = "register_words"
_BATCH = 100_000
_VIETNAMESE = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ"
PLAIN_TEXT = f"[!-~{_VIETNAMESE}]+( [!-~{_VIETNAMESE}]+)*"
"""Text that cleaning and the signs of a wrong encoding leave alone: printable ASCII, composed Vietnamese, one space."""
PLAIN_ASCII = "[!-~]+( [!-~]+)*"
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

    @property
    def text(self) -> str | None:
        """SQL of the cell where it is text, NULL for any other kind of cell; None where a column has none."""
        if self.kind is None:
            return f"CASE WHEN {self.source}[1] = 's' THEN {self.source}[2:] END"
        return self.source if self.kind == "s" else None


@dataclass(frozen=True)
class Words:
    """Numbers of the fields that have words in `TABLE`, and what old fonts were found in the file."""

    fields: set[int]
    letters: old_fonts.Letters


def cells_of(asked: list[Asked], source: Source) -> str:
    """SQL of every cell of text as f (number of the field), t and "row"; its parameters are those of the source."""
    texts = ", ".join(f"{{'f': {one.number}::UTINYINT, 't': {one.text}}}" for one in asked if one.text)
    return (
        f'SELECT "row", said.f AS f, said.t AS t FROM (SELECT "row", unnest([{texts}]) AS said FROM {source.relation})'
    )


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
    connection: duckdb.DuckDBPyConnection,
    asked: list[Asked],
    source: Source,
    lists: Mapping[str, CodeList],
    own_texts: Collection[str] = frozenset(),
) -> Words:
    """Make the temporary table of words (f, w, value, raw, reason, bare, passport).

    Text of old fonts is read as Unicode first, by what the texts of the file say together; `own_texts` are Unicode.
    """
    connection.execute(
        f"""
        CREATE OR REPLACE TEMPORARY TABLE {TABLE} (
            f UTINYINT, w VARCHAR, value VARCHAR, raw VARCHAR, reason VARCHAR, bare VARCHAR, passport VARCHAR)
        """
    )
    if not asked:
        return Words(set(), old_fonts.Letters())
    _collect(connection, asked, source)
    letters = old_fonts.find(
        connection, "(SELECT t FROM register_texts)", own_texts, lambda: _has_unicode(connection, asked, source)
    )
    _read_by_sql(connection, asked)
    quiet = {name: _quiet(each) for name, each in lists.items()}
    by_number = {one.number: one for one in asked}
    for batch in _batches(connection):
        _insert(connection, [(f, w, _read(by_number[f], w, said, quiet)) for f, w, said in batch])
    connection.execute("DROP TABLE register_texts")
    fields = {number for (number,) in connection.execute(f"SELECT DISTINCT f FROM {TABLE}").fetchall()}
    return Words(fields, letters)


def _collect(connection: duckdb.DuckDBPyConnection, asked: list[Asked], source: Source) -> None:
    """Make `register_texts`: the different cells (f, w) that do not mean themselves, with their text t."""
    texts = ", ".join(f"{{'f': {one.number}::UTINYINT, 'w': {_to_ask(one)}}}" for one in asked)
    of_text = ", ".join(str(one.number) for one in asked if one.kind == "s") or "NULL"
    text = f"CASE WHEN f IN ({of_text}) THEN w END" if source.kinds else "CASE WHEN w[1] = 's' THEN w[2:] END"
    connection.execute(
        f"""
        CREATE OR REPLACE TEMPORARY TABLE register_texts AS
        SELECT f, w, {text} AS t FROM (
            SELECT DISTINCT said.f AS f, said.w AS w FROM (SELECT unnest([{texts}]) AS said FROM {source.relation})
            WHERE said.w <> '')
        """,
        list(source.parameters),
    )


def _to_ask(one: Asked) -> str:
    if one.plain is None:
        return one.source
    plain = f"regexp_full_match({one.source}, '{one.plain}')"
    if one.plain == PLAIN_TEXT:  # what an old font may have written is asked about, though its letters are plain
        ascii_only = f"regexp_full_match({one.source}, '{PLAIN_ASCII}')"
        plain = f"{ascii_only} OR ({plain} AND regexp_matches({one.source}, '{BEYOND}'))"
    return f"CASE WHEN NOT ({plain}) THEN {one.source} END"


def _has_unicode(connection: duckdb.DuckDBPyConnection, asked: list[Asked], source: Source) -> bool:
    """Whether a text that was not asked about has a letter that only Unicode has."""
    texts = [f"regexp_matches({one.source}, '{BEYOND}')" for one in asked if one.plain == PLAIN_TEXT]
    if not texts:
        return False
    select = f"SELECT 1 FROM {source.relation} WHERE {' OR '.join(texts)} LIMIT 1"
    return connection.execute(select, list(source.parameters)).fetchone() is not None


def _read_by_sql(connection: duckdb.DuckDBPyConnection, asked: list[Asked]) -> None:
    """Free text that is plain, as written or as converted, needs no reading: it means itself."""
    free = ", ".join(str(one.number) for one in asked if one.plain == PLAIN_TEXT) or "NULL"
    connection.execute(
        f"""
        INSERT INTO {TABLE} (f, w, value, raw)
        SELECT x.f, x.w, l.said, x.t FROM register_texts AS x JOIN {old_fonts.TABLE} AS l USING (t)
        WHERE x.f IN ({free}) AND regexp_full_match(l.said, '{PLAIN_TEXT}')
        """
    )
    connection.execute(
        f"""
        DELETE FROM register_texts AS x WHERE f IN ({free}) AND regexp_full_match(
            coalesce((SELECT said FROM {old_fonts.TABLE} AS l WHERE l.t = x.t), w), '{PLAIN_TEXT}')
        """
    )


def _read(one: Asked, text: str, said: str | None, lists: Mapping[str, CodeList]) -> Word:
    """The meaning of a text; `said` is what it is in Unicode when an old font wrote it, and then the text is kept."""
    kind, written = (one.kind, text) if one.kind else (text[0], text[1:])
    word = read_word(one.field, one.column, kind, said or written, lists)
    return replace(word, raw=written) if said and (word.raw or one.field.pii != "identity") else word


def _batches(connection: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[int, str, str | None]]]:
    (last,) = connection.execute("SELECT max(rowid) FROM register_texts").fetchone() or (None,)
    for start in range(0, -1 if last is None else last + 1, _BATCH):
        yield connection.execute(
            f"SELECT x.f, x.w, l.said FROM register_texts AS x LEFT JOIN {old_fonts.TABLE} AS l USING (t) "
            "WHERE x.rowid BETWEEN ? AND ?",
            [start, start + _BATCH - 1],
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
