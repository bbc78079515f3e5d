"""Days: day first, four-digit years, real days; everything else has a reason of its own."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.typing.cell import raw_text
from ingestion.typing.dates import read_date_cell, read_date_number, read_date_text

DAYS = st.dates(dt.date(1920, 1, 1), dt.date(2099, 12, 31))


@given(
    DAYS, st.sampled_from(["{d:02}/{m:02}/{y}", "{d}/{m}/{y}", "{d}-{m}-{y}", "{d:02}.{m:02}.{y}", " {d}/ {m}/{y} "])
)
def test_D170_D182_day_first_text_comes_back(day: dt.date, pattern: str):
    typed = read_date_text(pattern.format(d=day.day, m=day.month, y=day.year))
    assert (typed.value, typed.reason) == (day, None)
    assert ("date_two_ways" in typed.repairs) == (day.day <= 12 and day.day != day.month)


@given(DAYS)
def test_D178_days_in_words_and_iso_text(day: dt.date):
    words = f"Ngày {day.day:02} tháng {day.month} năm {day.year}"
    for written in (words, unicodedata.normalize("NFD", words), day.isoformat(), f"{day.isoformat()} 00:00:00"):
        assert read_date_text(written).value == day


@given(DAYS.filter(lambda day: day.year != 1905))
def test_date_cells_come_back_and_look_as_in_excel(day: dt.date):
    assert read_date_cell(day.isoformat()).value == day
    assert raw_text("d", day.isoformat()) == f"{day:%d/%m/%Y}"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("30/02/2025", "impossible_date"),  # C09
        ("29/02/2025", "impossible_date"),  # C09
        ("31/11/2024", "impossible_date"),  # C09
        ("00/00/1990", "impossible_date"),  # D177
        ("2025-02-30", "impossible_date"),  # C09
        ("5/6/25", "short_year"),  # C12
        ("12/5/85", "short_year"),  # D174
        ("1985", "year_only"),  # D172
        ("năm 2023", "year_only"),  # D180
        ("8/1990", "month_only"),  # D173
        ("08-1990", "month_only"),  # D173
        ("T5/2024", "month_only"),  # D173
        ("Quý II/2024", "month_only"),  # D173
        ("44185", "serial_number"),  # D175
        ("đến nay", "open_end"),  # D183
        ("cuối năm 2023", "not_a_date"),  # D180
        ("01/9/2023 (QĐ 123)", "not_a_date"),  # D179
        ("01/9-2023", "not_a_date"),
        ("٠١/٠٩/٢٠٢٣", "not_a_date"),  # C05
        ("15:30", "not_a_date"),
        ("-", "not_a_date"),  # D077
    ],
)
def test_texts_that_are_no_day(written: str, reason: str):
    typed = read_date_text(written)
    assert (typed.value, typed.reason) == (None, reason)


def test_D184_C08_text_that_could_be_swapped_is_read_day_first_and_said():
    typed = read_date_text("03/04/2025")
    assert (typed.value, typed.facts["hieu"]) == (dt.date(2025, 4, 3), "ngày 03 tháng 4 năm 2025")


@pytest.mark.parametrize(
    ("number", "reason"), [("45000", "serial_number"), ("60", "serial_number"), ("1985", "year_only")]
)
def test_C10_bare_numbers_are_no_days(number: str, reason: str):
    assert read_date_number(number).reason == reason


def test_D172_a_year_in_a_date_cell_is_no_day_of_1905():
    typed = read_date_cell("1905-06-07")
    assert (typed.value, typed.reason, typed.facts["gia_tri"]) == (None, "year_only", "1985")


def test_D179_the_time_of_day_is_dropped_and_said():
    typed = read_date_cell("2025-01-05T10:30:00")
    assert (typed.value, typed.repairs) == (dt.date(2025, 1, 5), ("time_dropped",))


@given(st.text(max_size=30))
def test_no_text_raises_and_a_value_has_no_reason(written: str):
    typed = read_date_text(written)
    assert typed.value is None or typed.reason is None
