"""Numbers as Vietnamese officers write them, and only what can be read in one way.

Lives here: text and number cells -> int or Decimal. Does not live here: ranges (the contract's rules).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from ingestion.typing.text import clean
from ingestion.typing.typed import BLANK, Typed

_STEP = Decimal("0.0001")
_LARGEST = Decimal(10) ** 14
_PLAIN = re.compile(r"[+-]?[0-9]+")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:(?:\.[0-9]{3}){2,}|(?: [0-9]{3})+)")
_VIETNAMESE = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:[. ][0-9]{3})+),[0-9]+")
_ENGLISH = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)\.[0-9]+")
_AMBIGUOUS = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")


def read_integer(text: str, *, from_number_cell: bool) -> Typed:
    """A whole number; 2.5 and everything that can be read in two ways gets a reason instead."""
    typed = read_decimal(text, from_number_cell=from_number_cell)
    if typed.value is None:
        return typed
    if typed.value != typed.value.to_integral_value():
        return Typed(reason="not_whole", facts={"gia_tri": text.strip()})
    return Typed(int(typed.value), repairs=tuple(r for r in typed.repairs if r != "rounded"))


def read_decimal(text: str, *, from_number_cell: bool, is_percent: bool = False) -> Typed:
    """A number with at most four decimals (half up). "1.234" and "1,234" as text are ambiguous and refused (C13)."""
    tidy, _ = clean(text)
    if not tidy:
        return BLANK
    if from_number_cell:
        return _rounded(tidy, ())
    repairs: tuple[str, ...] = ("number_as_text",)
    if tidy.endswith("%"):
        if not is_percent:
            return Typed(reason="percent_sign", facts={"gia_tri": tidy})
        tidy = tidy[:-1].rstrip()
    if _PLAIN.fullmatch(tidy):
        return _rounded(tidy, repairs)
    if _AMBIGUOUS.fullmatch(tidy):
        whole = tidy.replace(".", "").replace(",", "")
        return Typed(reason="ambiguous_number", facts={"gia_tri": tidy, "nguyen": whole, "le": tidy.replace(".", ",")})
    if _THOUSANDS.fullmatch(tidy):
        return _rounded(re.sub("[. ]", "", tidy), repairs)
    if _VIETNAMESE.fullmatch(tidy):
        return _rounded(re.sub("[. ]", "", tidy).replace(",", "."), repairs)
    if _ENGLISH.fullmatch(tidy):
        return _rounded(tidy.replace(",", ""), (*repairs, "decimal_point"))
    return Typed(reason="not_a_number", facts={"gia_tri": tidy})


def read_percent_cell(stored: str, *, in_percent: bool) -> Typed:
    """A number cell formatted as a percentage: it shows a hundred times what it stores. Where no percentage is asked
    for, nobody can say which of the two was meant (D201).
    """
    if not in_percent:
        return Typed(reason="percent_sign", facts={"gia_tri": shown_percent(stored)})
    found = _rounded(str(Decimal(stored) * 100), ("percent_cell",))
    return Typed(found.value, found.reason, {"gia_tri": shown_percent(stored)}, found.repairs)


def shown_percent(stored: str) -> str:
    """What a percentage cell shows: 0.125 -> "12,5%"."""
    hundredfold = (Decimal(stored) * 100).quantize(_STEP, ROUND_HALF_UP).normalize()
    return f"{hundredfold:f}%".replace(".", ",")


def _rounded(text: str, repairs: tuple[str, ...]) -> Typed:
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return Typed(reason="not_a_number", facts={"gia_tri": text})
    if not exact.is_finite() or abs(exact) >= _LARGEST:
        return Typed(reason="number_too_large", facts={"gia_tri": text})
    value = exact.quantize(_STEP, ROUND_HALF_UP)
    if abs(value - exact) > abs(exact) * Decimal("1e-12"):
        repairs = (*repairs, "rounded")
    return Typed(value, repairs=repairs)
