"""Identity numbers: nothing is guessed; two lost zeros come back only when prefix, sex and year agree."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.typing.identity import agrees, read_identity
from ingestion.typing.typed import Typed

ALLOWED = {"001", "002", "004", "006", "008", "010", "020", "096", "000", "003", "097"}


def read(
    text: str, kind: str = "cccd", number: bool = False, born: dt.date | None = None, sex: str | None = None
) -> Typed:
    return read_identity(text, kind=kind, from_number_cell=number, birth_date=born, sex=sex, allowed_prefixes=ALLOWED)


@st.composite
def persons(draw: st.DrawFn) -> tuple[str, dt.date, str]:
    born = draw(st.dates(dt.date(1950, 1, 1), dt.date(2007, 12, 31)))
    sex = draw(st.sampled_from(["nam", "nu"]))
    digit = (born.year // 100 - 19) * 2 + (sex == "nu")
    prefix, rest = draw(st.sampled_from(sorted(ALLOWED))), draw(st.integers(0, 999_999))
    return f"{prefix}{digit}{born.year % 100:02}{rest:06}", born, sex


@given(persons())
def test_R11_twelve_digits_are_never_changed(person: tuple[str, dt.date, str]):
    number, born, sex = person
    assert read(number, born=born, sex=sex) == Typed(number)


@given(persons())
def test_D100_C01_zeros_lost_by_a_number_cell_come_back(person: tuple[str, dt.date, str]):
    number, born, sex = person
    typed = read(str(int(number)), number=True, born=born, sex=sex)
    if len(str(int(number))) in (10, 11):
        assert (typed.value, typed.repairs) == (number, ("zero_restored",))
    else:  # 000…: three zeros and more are not given back
        assert typed.value == str(int(number)) and typed.reason == (
            "old_identity" if typed.value[8:] and len(typed.value) == 9 else "wrong_length"
        )


@given(persons(), st.booleans())
def test_D100_C01_zeros_do_not_come_back_against_the_row(person: tuple[str, dt.date, str], wrong_sex: bool):
    number, born, sex = person
    short = str(int(number))
    if len(short) not in (10, 11):
        return
    other = {"nam": "nu", "nu": "nam"}[sex]
    typed = (
        read(short, born=born, sex=other)
        if wrong_sex
        else read(short, born=born.replace(year=born.year - 1, day=1), sex=sex)
    )
    assert (typed.value, typed.reason) == (short, "lost_zeros_disagree")


def test_D100_zeros_do_not_come_back_without_birth_date_or_sex():
    assert read("20190001234", born=dt.date(1990, 1, 1)).reason == "lost_zeros_unproven"
    assert read("20190001234", sex="nu").reason == "lost_zeros_unproven"
    assert read("20190001234", sex="nu", born=dt.date(1990, 1, 1)).value == "020190001234"


def test_D100_zeros_do_not_make_a_province():
    assert read("5090001234", sex="nam", born=dt.date(1990, 1, 1)).reason == "lost_zeros_prefix"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("020 090 001 234", "020090001234"),  # D102
        ("'020090001234", "020090001234"),  # D102
        ("020.090.001.234", "020090001234"),  # D102
        ("\u00a0020090001234\n", "020090001234"),  # C05
        ("\u200b020090001234", "020090001234"),  # C05
    ],
)
def test_C05_D102_marks_around_the_digits_go_and_are_said(written: str, value: str):
    typed = read(written)
    assert (typed.value, typed.reason) == (value, None) and typed.repairs


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("123456789", "old_identity"),  # C02, D104
        ("2.0091E+10", "rounded_by_excel"),  # D101
        ("1.23457E+11", "rounded_by_excel"),  # C03
        ("02009000123O", "letters_in_number"),  # D103
        ("020xxxxx1234", "masked_number"),  # D108
        ("080123456/020090001234", "two_numbers"),  # D105
        ("٠٢٠٠٩٠٠٠١٢٣٤", "other_digits"),  # C05
        ("０２００９０００１２３４", "other_digits"),  # C05
        ("0200900012345", "wrong_length"),
    ],
)
def test_numbers_that_are_none(written: str, reason: str):
    assert read(written).reason == reason


def test_C03_a_number_cell_beyond_fifteen_digits():
    assert read("1.2345678901234568e+17", number=True).reason == "rounded_by_excel"


def test_other_kinds_of_paper_keep_their_letters():
    assert read("c 1234567", kind="passport").value == "C1234567"
    assert read("123456789", kind="cmnd") == Typed("123456789")
    assert read("SYT-12/a", kind="register").value == "SYT-12/a"


def test_C06_digits_of_sex_and_century():
    assert agrees("020190001234", dt.date(1990, 5, 5), "nu")
    assert agrees("020205001234", dt.date(2005, 5, 5), "nam")
    assert not agrees("020090001234", dt.date(1990, 5, 5), "nu")
    assert not agrees("020190001234", dt.date(1991, 5, 5), "nu")
