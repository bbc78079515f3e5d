"""Text of old fonts (TCVN3, VNI) among the texts of a register: told apart word by word, read as Unicode by SQL (M20).

Ten million rows are made of a few thousand different words: those are looked at in Python, all else is set-based. What
the texts of a file say together is the rule of a workbook's sheet (ingestion.workbook.legacy_text); a test holds the
two together. Does not live here: the encodings (ingestion.typing.legacy), findings (told.py), fields (words.py).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from ingestion.typing.legacy import (
    BEYOND,
    ENCODINGS,
    UNICODE,
    WORD,
    Encoding,
    can_be,
    is_sign_word,
    is_telling_word,
    letters_of,
)
from ingestion.typing.syllables import is_syllable

TABLE = "register_letters"
LATIN = "[\u00a1-\u00ff]"
"""A letter or sign of Latin-1 beyond ASCII: all that a text of an old font has beside ASCII."""
FIRST = 3
"""Rows that a finding about letters names."""
_PRIVATE = 0xE000


@dataclass(frozen=True)
class Letters:
    """The old encodings that show beyond doubt in a file.

    `is_any`: `TABLE` holds texts that were converted (`said`, from `encoding`) or may be read in more than one way
    (`possible`, names joined by "/").
    """

    sure: tuple[Encoding, ...] = ()
    is_any: bool = False


def may_be_old(text: str) -> str:
    """SQL: whether a text has Latin-1 letters and none that only Unicode has."""
    return f"(regexp_matches({text}, '{LATIN}') AND NOT regexp_matches({text}, '{BEYOND}'))"


def find(
    connection: duckdb.DuckDBPyConnection, texts: str, own_texts: Collection[str], elsewhere: Callable[[], bool]
) -> Letters:
    """Make `TABLE` (t, encoding, said, possible) of the texts that are not simply Unicode.

    `texts`: SQL of a relation with the column t, at least every text of the file that `may_be_old`; `own_texts` are
    Unicode where they stand; `elsewhere`: whether a text that is not in `texts` has letters that only Unicode has.
    """
    columns = "t VARCHAR, encoding VARCHAR, said VARCHAR, possible VARCHAR"
    connection.execute(f"CREATE OR REPLACE TEMPORARY TABLE {TABLE} ({columns})")
    connection.execute("CREATE OR REPLACE TEMPORARY TABLE register_own (t VARCHAR)")
    if own_texts:
        connection.execute("INSERT INTO register_own SELECT unnest(?::VARCHAR[])", [sorted(own_texts)])
    strange = f"SELECT DISTINCT t FROM {texts} WHERE {may_be_old('t')} AND t NOT IN (SELECT t FROM register_own)"
    words = _words(connection, strange)
    if all(is_syllable(word) for word in words):
        return Letters()
    _judge_texts(connection, strange, words)
    sure = tuple(name for name in ENCODINGS if _any(connection, f"SELECT 1 FROM register_judged WHERE sure_{name}"))
    unicode_here = f"""EXISTS (SELECT 1 FROM {texts} WHERE regexp_matches(t, '[^\\x00-\\x7f]')
        AND t NOT IN (SELECT t FROM register_judged WHERE tcvn3 OR vni OR NOT unicode))"""
    has_unicode = bool(sure) and (_any(connection, f"SELECT 1 WHERE {unicode_here}") or elsewhere())
    connection.execute(
        f"""
        INSERT INTO {TABLE}
        WITH chosen AS (SELECT *, {_encoding(sure, has_unicode)} AS encoding FROM register_judged)
        SELECT t, encoding, CASE encoding WHEN 'TCVN3' THEN {converted("t", "TCVN3")}
            WHEN 'VNI' THEN {converted("t", "VNI")} END, possible
        FROM chosen WHERE encoding IS NOT NULL OR {_doubtful(sure)}
        """
    )
    return Letters(sure, _any(connection, f"SELECT 1 FROM {TABLE}"))


def converted(text: str, encoding: Encoding) -> str:
    """SQL of a text of that encoding as Unicode.

    Pairs of letters become private characters first: what one pair turns into may be half of another.
    """
    table = letters_of(encoding)
    singles = {written: letter for written, letter in table.items() if len(written) == 1}
    for number, (written, letter) in enumerate((w, one) for w, one in table.items() if len(w) > 1):
        text = f"replace({text}, '{written}', '{chr(_PRIVATE + number)}')"
        singles[chr(_PRIVATE + number)] = letter
    return f"translate({text}, '{''.join(singles)}', '{''.join(singles.values())}')"


@dataclass(frozen=True)
class Found:
    """Cells of one field: `encoding` they were converted from, or None and the `possible` readings; the first rows."""

    field_number: int
    encoding: str | None
    possible: tuple[str, ...]
    count: int
    rows: tuple[int, ...]


def places(connection: duckdb.DuckDBPyConnection, cells: str, parameters: Sequence[Any]) -> list[Found]:
    """Where texts of `TABLE` stand. `cells`: SQL of a relation with f (number of the field), t and "row"."""
    rows = connection.execute(
        f"""
        SELECT f, encoding, possible, count(*), min("row", {FIRST}) FROM ({cells}) JOIN {TABLE} USING (t)
        GROUP BY ALL ORDER BY encoding, possible, f
        """,
        parameters,
    ).fetchall()
    return [
        Found(f, encoding, tuple(possible.split("/")), count, tuple(first))
        for f, encoding, possible, count, first in rows
    ]


def unproved(connection: duckdb.DuckDBPyConnection, cells: str, parameters: Sequence[Any]) -> Found | None:
    """The first field with letters that are of no old font that the file shows: letters of an unknown code."""
    row = connection.execute(
        f"""
        SELECT f, count(*), min("row", {FIRST}) FROM ({cells}) LEFT JOIN {TABLE} USING (t)
        WHERE regexp_matches(t, '{LATIN}') AND said IS NULL GROUP BY f ORDER BY f LIMIT 1
        """,
        parameters,
    ).fetchone()
    return Found(row[0], None, (), row[1], tuple(row[2])) if row else None


def _words(connection: duckdb.DuckDBPyConnection, texts: str) -> list[str]:
    rows = connection.execute(
        f"""
        SELECT DISTINCT word FROM (SELECT unnest(regexp_extract_all(t, '{WORD}')) AS word FROM ({texts}))
        WHERE regexp_matches(word, '{LATIN}') ORDER BY word
        """
    ).fetchall()
    return [word for (word,) in rows]


def _judge_texts(connection: duckdb.DuckDBPyConnection, texts: str, words: list[str]) -> None:
    """Make `register_judged`: what every text can be, by its words."""
    import pyarrow as pa

    columns: dict[str, list[bool]] = {"unicode": [is_syllable(word) for word in words]}
    columns["sign"] = [is_sign_word(word) for word in words]
    for name in ENCODINGS:
        columns[name.lower()] = [can_be(word, name) for word in words]
        columns[f"tells_{name.lower()}"] = [is_telling_word(word, name) for word in words]
    connection.register("register_strange_words", pa.table({"word": pa.array(words, pa.string()), **columns}))
    sure = ", ".join(
        f"""{name} AND NOT unicode AND NOT {other} AND (count_{name} >= 2 OR longest_{name} >= 3) AS sure_{name}"""
        for name, other in (("tcvn3", "vni"), ("vni", "tcvn3"))
    )
    counted = ", ".join(
        f"""bool_and({name}) AS {name}, count(*) FILTER (tells_{name}) AS count_{name},
            coalesce(max(length(word)) FILTER (tells_{name}), 0) AS longest_{name}"""
        for name in ("tcvn3", "vni")
    )
    possible = ", ".join(f"CASE WHEN {name.lower()} THEN '{name}' END" for name in (*ENCODINGS, UNICODE))
    connection.execute(
        f"""
        CREATE OR REPLACE TEMPORARY TABLE register_judged AS
        WITH said AS (SELECT t, unnest(regexp_extract_all(t, '{WORD}')) AS word FROM ({texts})),
        judged AS (
            SELECT t, bool_and(unicode) AS unicode, bool_and(sign) AS sign, {counted}
            FROM said JOIN register_strange_words USING (word) GROUP BY t)
        SELECT *, {sure}, concat_ws('/', {possible}) AS possible FROM judged
        """
    )
    connection.unregister("register_strange_words")


def _encoding(sure: tuple[Encoding, ...], has_unicode: bool) -> str:
    """SQL of the encoding a text is converted from: what it shows itself, else the only one of the file."""
    itself = " ".join(f"WHEN sure_{name} THEN '{name}'" for name in ENCODINGS)
    if len(sure) != 1:
        return f"CASE {itself} END"
    follows = f"{sure[0]} AND NOT unicode" if has_unicode else sure[0]
    return f"CASE {itself} WHEN {follows} THEN '{sure[0]}' END"


def _doubtful(sure: tuple[Encoding, ...]) -> str:
    """SQL: of a text that is not converted, whether nothing decides between its readings."""
    if not sure:
        return "((tcvn3 OR vni) AND NOT unicode AND NOT sign)"
    return f"({' OR '.join(sure)})"


def _any(connection: duckdb.DuckDBPyConnection, select: str) -> bool:
    return connection.execute(f"{select} LIMIT 1").fetchone() is not None
