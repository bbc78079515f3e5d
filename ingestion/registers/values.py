"""One text of a register column -> the value of its field, by the same rules as a cell of a workbook.

Lives here: what a layout adds to `ingestion.typing` (declared date formats and decimal mark, words of the source,
the booleans of machines). Does not live here: reading cells (ingestion.typing) and doing so for millions (words.py).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from expectations.contracts.model import Field
from ingestion.registers.layout import Column
from ingestion.typing.cell import raw_text, read_cell
from ingestion.typing.codes import CodeList
from ingestion.typing.dates import read_date_text
from ingestion.typing.identity import read_identity
from ingestion.typing.numbers import read_decimal
from ingestion.typing.text import clean
from ingestion.typing.typed import Typed

_MACHINE = {"1": True, "yes": True, "co": True, "0": False, "no": False, "khong": False}
_MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?$")
_DECLARED = {
    ",": re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:[. ][0-9]{3})+)(?:,[0-9]+)?"),
    ".": re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:[, ][0-9]{3})+)(?:\.[0-9]+)?"),
}


@dataclass(frozen=True)
class Word:
    """What a text means: `value` as text that DuckDB casts to the field's type, None with or without a `reason`.

    `raw` is kept beside a value that could not be read. An identity has its forms by kind: `value` as written (cmnd,
    register), `bare` without separators (cccd), `passport` in capitals; zeros are the row's business (typed.py).
    """

    value: str | None = None
    raw: str | None = None
    reason: str | None = None
    bare: str | None = None
    passport: str | None = None


def read_word(field: Field, column: Column, kind: str, written: str, lists: Mapping[str, CodeList]) -> Word:
    """The meaning of `written`, a cell of that kind (see ingestion.workbook.parsed.Cell), for `field`."""
    said = _in_words_of_ours(column, kind, written)
    if field.pii == "identity":
        return _identity(kind, said)
    typed = _typed(field, column, kind, said, lists)
    if typed.reason is not None:
        return Word(raw=raw_text(kind, written), reason=typed.reason)
    return Word(value=_as_text(typed.value))


def _in_words_of_ours(column: Column, kind: str, written: str) -> str:
    """The text after the layout's transforms and map."""
    if kind in "ef" or not (column.map or column.transforms):
        return written
    word = clean(written)[0]
    for step in column.transforms:
        word = {"upper": str.upper, "lower": str.lower, "digits": _digits}[step](word)
    if not column.map or not word:
        return word
    return column.map.get(word, word if column.otherwise is None else column.otherwise)


def _typed(field: Field, column: Column, kind: str, said: str, lists: Mapping[str, CodeList]) -> Typed:
    if kind == "s" and field.type == "date" and column.dates:
        return _declared_date(said, column.dates)
    if kind == "s" and field.type == "decimal" and column.decimal:
        return _declared_number(said, column.decimal)
    if field.type == "boolean" and kind in "sn" and clean(said)[0].lower() in _MACHINE:
        return Typed(_MACHINE[clean(said)[0].lower()])
    return read_cell(field, kind, said, lists)


def _declared_date(said: str, formats: tuple[str, ...]) -> Typed:
    """A day in one of the declared formats and in no other: one column, one way of writing (C08)."""
    known = read_date_text(said)
    word = _MIDNIGHT.sub("", clean(said)[0])
    for form in formats if word.isascii() else ():
        try:
            day = dt.datetime.strptime(word, form).date()
        except ValueError:
            continue
        return Typed(day) if day.year >= 1000 else Typed(reason="short_year")
    if known.value is None and known.reason is None:
        return known
    return Typed(reason=known.reason or "not_a_date", facts=known.facts)


def _declared_number(said: str, mark: str) -> Typed:
    word = clean(said)[0]
    if _DECLARED[mark].fullmatch(word):
        thousands = "[. ]" if mark == "," else "[, ]"
        return read_decimal(re.sub(thousands, "", word).replace(",", "."), from_number_cell=True)
    known = read_decimal(word, from_number_cell=False)
    return known if known.value is None else Typed(reason="not_a_number", facts={"gia_tri": word})


def _identity(kind: str, said: str) -> Word:
    if kind in "dtbef":
        return Word(raw=raw_text(kind, said), reason="became_date")
    forms = [
        read_identity(
            said, kind=each, from_number_cell=kind == "n", birth_date=None, sex=None, allowed_prefixes=()
        ).value
        for each in ("register", "cccd", "passport")
    ]
    return Word(value=forms[0], bare=forms[1], passport=forms[2])


def _digits(word: str) -> str:
    return re.sub("[^0-9]", "", word)


def _as_text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)
