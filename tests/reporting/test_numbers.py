"""How numbers and days are written (worked-examples § 0 and § 9.0); the table `print_rules` is copied from there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting import numbers
from tests.reporting.text_tables import rows

PRINT_RULES = """
n:int | N:int | t:int | printed | shortfall:int | why
2 | 22 | 10 | 9,1% | 1 | plain
6 | 70 | 10 | 8,6% | 1 | 10 % of 70 is 7; binary floats say 7.000000000000001 and ask for 8
3 | 15 | 20 | 20,0% | 0 | equality meets "không dưới"
199 | 997 | 20 | 19,96% | 1 | one decimal would print 20,0% beside "chưa đạt"
1999 | 2000 | 100 | 99,95% | 1 | one decimal would print 100,0%
30 | 31 | 100 | 96,8% | 1 | plain
1 | 16 | 10 | 6,3% | 1 | 6,25 rounds up, not to even
0 | 5 | 20 | 0,0% | 1 | a true zero: N > 0
"""


@pytest.mark.parametrize("rule", rows(PRINT_RULES), ids=lambda rule: rule["why"])
def test_the_printing_rules_of_the_worked_examples(rule: dict) -> None:
    assert numbers.share_printed(rule["n"], rule["N"], rule["t"]) == rule["printed"]
    assert numbers.shortfall(rule["n"], rule["N"], rule["t"]) == rule["shortfall"]


@given(st.integers(0, 3000), st.integers(1, 3000), st.sampled_from([10, 20, 30, 60, 100]))
def test_print_and_verdict_never_disagree(n: int, total: int, target: int) -> None:
    n = min(n, total)
    printed = Fraction(numbers.share_printed(n, total, target)[:-1].replace(".", "").replace(",", "."))
    if numbers.decimals_for(n, total, target) < 4:
        assert (printed >= target) == (100 * n >= target * total)
    missing = numbers.shortfall(n, total, target)
    assert 100 * (n + missing) >= target * total
    assert missing == 0 or 100 * (n + missing - 1) < target * total


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0"), (1, "01"), (2, "02"), (9, "09"), (10, "10"), (1234, "1.234"), (1234567, "1.234.567")]
)
def test_small_counts_have_a_leading_zero_in_a_sentence(count: int, said: str) -> None:
    assert numbers.in_sentence(count) == said


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (Decimal("12.5"), 1, "12,5"), (1234, 0, "1.234"), (Decimal("0.05"), 1, "0,1"), (Decimal("-6.25"), 1, "-6,3"),
        (Decimal("2.675"), 2, "2,68"), (Decimal("-0.04"), 1, "0,0"), (Fraction(1, 3), 4, "0,3333"),
    ],
)  # fmt: skip
def test_halves_go_up_and_decimals_stand_after_a_comma(value, places: int, printed: str) -> None:
    assert numbers.written(value, places) == printed


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError, match="exact"):
        numbers.written(0.1, 1)


@pytest.mark.parametrize(
    ("day", "sentence", "beside_the_place"),
    [
        (date(2026, 1, 5), "05/01/2026", "ngày 05 tháng 01 năm 2026"),
        (date(2025, 11, 30), "30/11/2025", "ngày 30 tháng 11 năm 2025"),
        (date(2023, 7, 31), "31/7/2023", "ngày 31 tháng 7 năm 2023"),
        (date(2025, 3, 1), "01/3/2025", "ngày 01 tháng 3 năm 2025"),
        (date(2025, 12, 9), "09/12/2025", "ngày 09 tháng 12 năm 2025"),
    ],
)
def test_only_days_below_ten_and_months_one_and_two_are_padded(day: date, sentence: str, beside_the_place: str) -> None:
    assert (numbers.day(day), numbers.day_in_full(day)) == (sentence, beside_the_place)


def test_a_true_distance_never_prints_as_nothing() -> None:
    assert numbers.points(Fraction(20) - numbers.share(199, 997)) == "0,04"
    assert numbers.points(Fraction(10) - numbers.share(2, 21)) == "0,5"
    assert numbers.points(Fraction(100) - numbers.share(3, 7)) == "57,1"
    assert numbers.points(0) == "0,0"


@pytest.mark.parametrize(("number", "roman"), [(1, "I"), (4, "IV"), (9, "IX"), (10, "X"), (14, "XIV"), (16, "XVI")])
def test_annexes_are_counted_in_roman_numerals(number: int, roman: str) -> None:
    assert numbers.roman(number) == roman
