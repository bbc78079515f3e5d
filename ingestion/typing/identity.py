"""Identity numbers: what stands in the cell, and the two lost zeros that may be given back.

Lives here: reading a number of a stated kind, and the one repair that is allowed (domain.md 6.1). Does not live here:
whether a number is allowed (row rules ID-*), pseudonyms (ingestion.pseudonyms).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection

from ingestion.typing.text import clean
from ingestion.typing.typed import BLANK, Typed

_SEPARATORS = re.compile(r"[\s.'`’-]+")
_EXPONENT = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]+")


def read_identity(
    text: str,
    *,
    kind: str,
    from_number_cell: bool,
    birth_date: dt.date | None,
    sex: str | None,
    allowed_prefixes: Collection[str],
) -> Typed:
    """The number as text. `value` is what stands there, cleaned, also when `reason` says that it is no such number.

    `kind` is cccd, cmnd, passport or register. 10 or 11 digits of a cccd get their zeros back only when the prefix
    is allowed and the sex digit and the year agree with the row; repair "zero_restored". The row rules judge the value.
    """
    tidy, repairs = clean(text)
    if not tidy:
        return BLANK
    if _EXPONENT.fullmatch(tidy) or (from_number_cell and not tidy.isdigit()):
        return Typed(tidy, reason="rounded_by_excel")
    if kind != "cccd":
        value = _SEPARATORS.sub("", tidy).upper() if kind == "passport" else tidy
        return Typed(value, repairs=repairs)
    value = _SEPARATORS.sub("", tidy)
    if value != tidy:
        repairs = (*repairs, "separators")
    if not (value.isascii() and value.isdigit()):
        return Typed(value, reason=_reason(value))
    if len(value) in (10, 11):
        return _with_zeros(value, birth_date, sex, allowed_prefixes)
    if len(value) != 12:
        reason = "old_identity" if len(value) == 9 else "wrong_length"
        return Typed(value, reason=reason, facts={"so_chu_so": str(len(value))})
    return Typed(value, repairs=repairs)


def agrees(number: str, birth_date: dt.date, sex: str) -> bool:
    """Whether the sex digit and the year of a 12-digit number are those of the row (`sex` is nam or nu)."""
    century, is_female = divmod(int(number[3]), 2)
    return 1900 + 100 * century + int(number[4:6]) == birth_date.year and (sex == "nu") == bool(is_female)


def _with_zeros(value: str, birth_date: dt.date | None, sex: str | None, allowed: Collection[str]) -> Typed:
    padded = value.zfill(12)
    facts = {"so_chu_so": str(len(value)), "so_0": str(12 - len(value))}
    if padded[:3] not in allowed:
        return Typed(value, reason="lost_zeros_prefix", facts=facts)
    if birth_date is None or sex is None:
        return Typed(value, reason="lost_zeros_unproven", facts=facts)
    if not agrees(padded, birth_date, sex):
        return Typed(value, reason="lost_zeros_disagree", facts=facts)
    return Typed(padded, facts=facts, repairs=("zero_restored",))


def _reason(value: str) -> str:
    if any(mark in value for mark in "/;,|&"):
        return "two_numbers"
    if any(mark in value for mark in "xX*#?"):
        return "masked_number"
    return "other_digits" if value.isdigit() else "letters_in_number"
