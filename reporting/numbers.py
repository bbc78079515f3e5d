"""How numbers, days and missing things are written in Vietnamese: one place, exact arithmetic, halves rounded up.

Lives here: counts in a sentence and in a table, the printing rule for shares, days, amounts, the symbols of a table.
Does not live here: which number is printed (``tables``, ``narrative``) or which is withheld (``disclosure``).

Values are integers, Decimal or Fraction; a float is refused, because its decimals are not the number's own.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

Exact = int | Decimal | Fraction

NOTHING = "-"
NOT_COLLECTED = "..."
NOT_APPLICABLE = "x"
NOT_DUE = "cđh"
WITHHELD = "c"
SYMBOLS = (NOTHING, NOT_COLLECTED, NOT_APPLICABLE, NOT_DUE, WITHHELD)
PROVISIONAL = "(t)"
RESTATED = "(đ)"

_MOST_DECIMALS = 4
_FIRST_PADDED, _LAST_PADDED_MONTH = 10, 2


def rounded(value: Exact, places: int) -> Decimal:
    """The value with ``places`` decimals, halves away from zero (6,25 → 6,3; −6,25 → −6,3)."""
    exact = _fraction(value)
    scaled = abs(exact) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    number = Decimal(whole).scaleb(-places)
    return number if exact >= 0 or whole == 0 else -number


def written(value: Exact, places: int = 0) -> str:
    """``1.234,5``: thousands by dots, decimals after a comma, exactly ``places`` of them."""
    return f"{rounded(value, places):,.{places}f}".translate(str.maketrans(",.", ".,"))


def in_sentence(count: int) -> str:
    """A count within a sentence: below ten it gets a leading zero (``02 người``); zero itself stays ``0``."""
    return f"{count:02d}" if 0 < count < _FIRST_PADDED else written(count)


def decimals_for(numerator: int, denominator: int, target: Exact | None) -> int:
    """How many decimals a share needs so that its print compares with the target as the exact share does (1 to 4)."""
    value = share(numerator, denominator)
    if target is None:
        return 1
    goal = _fraction(target)
    for places in range(1, _MOST_DECIMALS + 1):
        if _sign(_fraction(rounded(value, places)) - goal) == _sign(value - goal):
            return places
    return _MOST_DECIMALS


def share(numerator: int, denominator: int) -> Fraction:
    """The exact share in percent. Raises ZeroDivisionError on an empty denominator: that is never 0 % or 100 %."""
    return Fraction(100 * numerator, denominator)


def percent(value: Exact, places: int = 1) -> str:
    """``9,5%``: the sign stands right behind the number."""
    return f"{written(value, places)}%"


def target_percent(value: Exact) -> str:
    """A target as the plan writes it: ``10%``, and only as many decimals as it has (``12,5%``)."""
    exact = _fraction(value)
    places = next((p for p in range(_MOST_DECIMALS) if (exact * 10**p).denominator == 1), _MOST_DECIMALS)
    return percent(exact, places)


def share_printed(numerator: int, denominator: int, target: Exact | None = None) -> str:
    """A share by the printing rule: one decimal, more where print and verdict would disagree."""
    return percent(share(numerator, denominator), decimals_for(numerator, denominator, target))


def shortfall(numerator: int, denominator: int, target: Exact) -> int:
    """How many more of the same denominator would have met the target (0 when it is met)."""
    goal = _fraction(target)
    needed = -(-goal.numerator * denominator // (100 * goal.denominator))
    return max(0, needed - numerator)


def points(difference: Exact, at_least: int = 1) -> str:
    """A distance in percentage points without sign; decimals are added while a true distance would print as zero."""
    size = abs(_fraction(difference))
    places = at_least
    while size and places < _MOST_DECIMALS and not rounded(size, places):
        places += 1
    return written(size, places)


def million(amount: Exact) -> str:
    """An amount that is already in triệu đồng, with one decimal."""
    return written(amount, 1)


def day(value: date) -> str:
    """``30/11/2025``, ``01/7/2025``: a day within a sentence (only days below 10 and months 1, 2 are padded)."""
    return f"{value.day:02d}/{_month(value.month)}/{value.year}"


def day_in_table(value: date) -> str:
    """``01/07/2025``: a day in a table, always of the same width."""
    return f"{value.day:02d}/{value.month:02d}/{value.year}"


def day_in_full(value: date) -> str:
    """``ngày 05 tháng 3 năm 2026``, as Nghị định 30/2020 writes it beside the place."""
    return f"ngày {value.day:02d} tháng {_month(value.month)} năm {value.year}"


def roman(number: int) -> str:
    """``IV`` for 4; annexes and parts are numbered so (1 to 39)."""
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def _month(month: int) -> str:
    return f"{month:02d}" if month <= _LAST_PADDED_MONTH else str(month)


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def _fraction(value: Exact) -> Fraction:
    if isinstance(value, float):
        raise TypeError("a float has no exact decimals; pass an int, Decimal or Fraction")
    return Fraction(value)
