"""One cell of a workbook -> the typed value of one field: which reader answers for which kind of cell.

Lives here: the dispatch by field type and cell kind, the raw text kept beside every value. Does not live here: reading
itself (dates.py, numbers.py, codes.py, text.py), identity numbers (identity.py, they need the rest of the row).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from expectations.contracts.model import Field
from ingestion.typing import codes, dates, numbers, text
from ingestion.typing.typed import BLANK, Typed

NEVER_COMPUTED = "(công thức chưa có kết quả)"
_EXPONENT = re.compile(r"[0-9.]+e[+-]?[0-9]+")


def raw_text(kind: str, written: str) -> str | None:
    """What the officer sees in the cell, to be kept beside the typed value; None when it is blank.

    `kind` is that of ingestion.workbook.parsed.Cell: s, n, p, d, t, b, e or f.
    """
    if kind == "f":
        return NEVER_COMPUTED
    if kind == "d":
        day = f"{written[8:10]}/{written[5:7]}/{written[:4]}"
        return day if len(written) == 10 or written.endswith("T00:00:00") else f"{day} {written[11:]}"
    if kind == "p":
        return numbers.shown_percent(written)
    return written if text.clean(written)[0] else None


def read_cell(
    field: Field, kind: str, written: str, lists: Mapping[str, codes.CodeList], *, in_percent: bool = False
) -> Typed:
    """The typed value of `field`, or the reason why there is none. `lists` holds the code list of every code field.

    `in_percent`: the row says that this number is one of percent, so a cell that shows 12,5% (stored 0.125) is 12.5.
    """
    if kind == "e":
        return Typed(reason="error_value", facts={"gia_tri": written})
    if kind == "f":
        return Typed(reason="formula_without_value")
    if not text.clean(written)[0]:
        return BLANK
    if field.type == "date":
        return _date(kind, written)
    if field.type in ("integer", "decimal"):
        return _number(field, kind, written, in_percent or field.unit == "%")
    if field.type == "boolean":
        return codes.read_boolean(written)
    if kind in "dt":
        return Typed(reason="became_date", facts={"gia_tri": raw_text(kind, written) or ""})
    if field.type == "code":
        return lists[str(field.code_list)].read(written)
    return _text(field, kind, written)


def _date(kind: str, written: str) -> Typed:
    if kind == "d":
        return dates.read_date_cell(written)
    if kind in "np":
        return dates.read_date_number(written)
    return dates.read_date_text(written)


def _number(field: Field, kind: str, written: str, in_percent: bool) -> Typed:
    if kind in "dt":
        return Typed(reason="became_date", facts={"gia_tri": raw_text(kind, written) or ""})
    if kind == "p":
        return numbers.read_percent_cell(written, in_percent=in_percent)
    is_number = kind == "n"
    if field.type == "integer":
        return numbers.read_integer(written, from_number_cell=is_number)
    return numbers.read_decimal(written, from_number_cell=is_number, is_percent=in_percent)


def _text(field: Field, kind: str, written: str) -> Typed:
    if kind in "np" and (_EXPONENT.fullmatch(written) or len(written.lstrip("-")) > 15):
        return Typed(reason="rounded_by_excel")
    tidy, repairs = text.clean(written)
    problem = text.wrong_encoding(tidy)
    if problem is not None:
        return Typed(reason=problem)
    if field.pattern and not re.fullmatch(field.pattern, tidy):
        listed = re.sub(r"\s*[,;]\s*", ",", tidy).upper()
        if re.fullmatch(field.pattern, listed):
            return Typed(listed, repairs=(*repairs, "spaces"))
    return Typed(tidy, repairs=repairs)
