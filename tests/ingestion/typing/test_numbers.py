"""Numbers as Vietnamese officers write them; what can be read in two ways is refused (C13)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.typing.numbers import read_decimal, read_integer
from ingestion.workbook.cells import number_text

AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=2)


def vietnamese(value: Decimal, dot: str) -> str:
    whole, _, fraction = f"{value:,f}".partition(".")
    return whole.replace(",", dot) + ("," + fraction if fraction else "")


@given(AMOUNTS, st.sampled_from(["", ".", " "]))
def test_D200_D204_vietnamese_text_comes_back(value: Decimal, dot: str):
    typed = read_decimal(vietnamese(value, dot), from_number_cell=False)
    assert (typed.value, typed.reason) == (value, None)


@given(st.integers(-(10**14) + 1, 10**14 - 1))
def test_whole_numbers_come_back_from_number_cells(value: int):
    typed = read_integer(number_text(float(value)), from_number_cell=True)
    assert typed.value == value


@given(st.decimals(-(10**9), 10**9, places=4))
def test_four_decimals_survive_the_binary_float_of_excel(value: Decimal):
    assert read_decimal(number_text(float(value)), from_number_cell=True).value == value


@pytest.mark.parametrize("written", ["1.234", "1,234", "12.500", "-1.234"])
def test_C13_one_mark_and_three_digits_are_ambiguous(written: str):
    assert read_decimal(written, from_number_cell=False).reason == "ambiguous_number"
    assert read_integer(written, from_number_cell=False).reason == "ambiguous_number"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1 234 567", "1234567"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1,234.5", "1234.5"),
        ("02", "2"),  # D211
        ("0,125", "0.125"),
        ("'", None),
    ],
)
def test_D200_texts_with_one_meaning(written: str, value: str | None):
    typed = read_decimal(written, from_number_cell=False)
    assert typed.value == (Decimal(value) if value else None)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2(40%)", "not_a_number"),  # D202
        ("khoảng 10", "not_a_number"),  # D211
        (">5", "not_a_number"),  # D211
        ("2+1", "not_a_number"),  # D211
        ("-", "not_a_number"),  # D077
        ("NA", "not_a_number"),  # C07
        ("null", "not_a_number"),  # C07
        ("12,5%", "percent_sign"),  # D201
        ("１２", "not_a_number"),  # D136 full-width
        ("٣", "not_a_number"),  # C05
        ("1.2.3", "not_a_number"),
        ("12 người", "not_a_number"),
        ("1e5", "not_a_number"),
    ],
)
def test_texts_that_are_no_number(written: str, reason: str):
    typed = read_decimal(written, from_number_cell=False)
    assert (typed.value, typed.reason) == (None, reason)


def test_D201_a_percent_sign_where_percents_are_asked():
    assert read_decimal("12,5 %", from_number_cell=False, is_percent=True).value == Decimal("12.5")


@pytest.mark.parametrize(
    ("number", "reason"), [("2.5", "not_whole"), ("1e+308", "number_too_large"), ("inf", "number_too_large")]
)
def test_C19_counts_that_are_none(number: str, reason: str):
    assert read_integer(number, from_number_cell=True).reason == reason


def test_D209_a_negative_count_is_typed_for_the_range_rule():
    assert read_integer("-3", from_number_cell=True).value == -3


def test_D208_more_than_four_decimals_are_rounded_half_up_and_said():
    typed = read_decimal("0.12345", from_number_cell=True)
    assert (typed.value, typed.repairs) == (Decimal("0.1235"), ("rounded",))


@given(st.text(max_size=20), st.booleans())
def test_no_text_raises_and_a_value_has_no_reason(written: str, is_number: bool):
    for read in (read_integer, read_decimal):
        typed = read(written, from_number_cell=is_number)
        assert typed.value is None or typed.reason is None
