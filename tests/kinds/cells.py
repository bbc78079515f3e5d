"""Kinds D100–D239 and rows C01–C19: what stands wrongly in one cell of the form.

Lives here: identity numbers, names, dates, numbers, codes. Does not live here: rows and sheets (tables.py), files
(files.py), what rows say of each other (claims.py).
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ingestion.template.book import Formula, Value
from tests.kinds.forms import Form, Kind, Place, Plant, cell, kind, meant, mended

NAME = "Nông Thị Thử"
COMPOSITE = "Tru\u031bo\u031b\u0300ng pho\u0300ng"  # base with horn, then the tone: neither NFC nor NFD
ID, DAY, COUNT, MONEY = "national_id", "started_on", "recruits_count", "spent_amount"


def _shown_as(form: str, field: str, value: object, number_format: str):
    """A value whose number format is another than the form's."""

    def plant(f: Form) -> Place:
        place = f.put(form, field, value)  # type: ignore[arg-type]

        def edit(book: openpyxl.Workbook) -> None:
            target = book[form][str(place.cell)]
            target.value, target.number_format = value, number_format  # type: ignore[assignment]

        f.edited(edit)
        return place

    return plant


def _old_epoch(f: Form) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    f.edited(edit)


def _one_blank_id(f: Form) -> Place:
    """A column of ids that went through a spreadsheet as numbers, one of them blank."""
    f.add("B03", national_id=None, full_name="Lương Thị Giả")
    f.put("B03", ID, 3190000123)
    return f.at("B03", ID, 1)


def _homonyms(f: Form) -> Place:
    for year in (1985, 1991):
        f.add("B03", national_id=None, full_name="Hoàng Thị Hương", birth_date=dt.date(year, 1, 2))
    return f.at("B03", ID, 1)


def _spouses(f: Form) -> Place:
    f.add("B03", full_name="Lương Văn Giả", sex="Nam")
    return f.at("B03", ID, 1)


def _series(f: Form) -> Place:
    for number in (124, 125):
        f.add("B03", national_id=f"003190000{number}", full_name=f"Người Thử {number}")
    return f.at("B03", ID, 0)


def _beside_the_id(field: str, value: Value) -> Plant:
    """A value that disagrees with the number; the number's cell is shown, the message names the others."""

    def plant(f: Form) -> Place:
        f.put("B03", field, value)
        return f.at("B03", ID)

    return plant


IDENTITIES = (
    cell("D100 C01", "ten digits, the zeros proven", "B03", ID, 3190000123, "NATIONAL_ID-ZERO_RESTORED", "note"),
    cell("D100 C01", "ten digits, nothing proves them", "B04", ID, 3190000456, "ID-SHAPE", "error", words="thêm số 0"),
    cell("D101 C03", "scientific text", "B03", ID, "3.19E+09", "ID-SHAPE", "error", words="làm tròn"),
    cell("D102 C05", "spaces", "B03", ID, "003 190 000 123", "NATIONAL_ID-SEPARATORS", "note"),
    cell("D102", "apostrophe and dots", "B03", ID, "'003.190.000.123", "NATIONAL_ID-SEPARATORS", "note"),
    cell("C05", "digits of another script", "B03", ID, "٠٠٣١٩٠٠٠٠١٢٣", "ID-SHAPE", "error", words="bảng chữ khác"),
    mended("C05", "zero-width space", "B03", ID, "\u200b003190000123", "INVISIBLE"),
    cell("D103", "letter O for zero", "B03", ID, "O03190000123", "ID-SHAPE", "error", words="chữ cái"),
    cell("D104 C02", "old identity card", "B03", ID, "080123456", "ID-SHAPE", "error", words="9 chữ số"),
    cell("D105", "two numbers", "B03", ID, "003190000123/080123456", "ID-SHAPE", "error", words="Hai số"),
    kind("D106", "one number for husband and wife", _spouses, "B03-KEY-UNIQUE", "error"),
    kind("D107", "numbers dragged down", _series, "B03-ID-SERIES", "query"),
    cell("D108", "masked", "B03", ID, "003xxxxxx123", "ID-SHAPE", "error", words="che"),
    kind("D109 C06", "year of birth", _beside_the_id("birth_date", dt.date(1991, 5, 6)), "B03-ID-BIRTH-SEX", "query"),
    kind("D109 C06", "sex", _beside_the_id("sex", "Nam"), "B03-ID-BIRTH-SEX", "query"),
    cell("D109 C06", "no such province", "B03", ID, "005190000123", "ID-PREFIX", "error"),
    cell(
        "D110 C03",
        "more than fifteen digits",
        "B03",
        "position",
        1234567890123456789,
        "POSITION-ROUNDED_BY_EXCEL",
        "error",
    ),
    cell("D110 C03", "an id longer than Excel keeps", "B03", ID, 123456789012345678, "ID-SHAPE", "error"),
    kind("D111", "no number, only names", _homonyms, "B03-NATIONAL_ID-REQUIRED", "error"),
    kind("C04", "one blank among numbers", _one_blank_id, "B03-NATIONAL_ID-REQUIRED", "error"),
)
TEXTS = (
    meant("D120", "capitals", "B03", "full_name", NAME.upper(), NAME.upper()),
    mended("D122", "spaces", "B03", "full_name", "  Nông  Thị Thử ", "SPACES"),
    mended("D123 C17", "NFD", "B03", "full_name", unicodedata.normalize("NFD", NAME), "NFC"),
    mended("D124", "composite", "B03", "position", COMPOSITE, "NFC"),
    mended("D125 C17", "TCVN3", "B03", "position", "§¹i häc L¹ng S¬n", "TEP-BANG_MA_CU"),
    mended("D126 C17", "VNI", "B03", "position", "Tröôûng phoøng toå chöùc", "TEP-BANG_MA_CU"),
    mended("D127", "Eth for Đ", "B03", "full_name", "Ðặng Thị Thử", "LOOK_ALIKE"),
    mended("D128", "gha for ư", "B03", "position", "Trƣởng phòng", "LOOK_ALIKE"),
    mended("D129", "Cyrillic letters", "B03", "position", "Тrưởng рhòng", "LOOK_ALIKE"),
    cell("D129", "beyond repair", "B03", "full_name", "Nông Thị Лan", "FULL_NAME-MIXED_SCRIPTS", "error"),
    meant("D130", "place of the tone in a name", "B03", "full_name", "Nông Thị Hoà", "Nông Thị Hoà"),
    mended(
        "D130",
        "place of the tone in a list",
        "B03",
        "sector",
        "Văn hoá",
        "LABEL_VARIANT",
        reads=("talents", "sector", "LV03"),
    ),
    mended("D131", "sỹ for sĩ", "B03", "degree", "Tiến sỹ", "LABEL_VARIANT", reads=("talents", "degree", "tien_si")),
    cell("D132", "letters of an OCR", "B03", "degree", "Tiên sĩ", "DEGREE-CODE", "query", words="Tiến sĩ"),
    meant("D133", "no diacritics in a name", "B03", "full_name", "Nong Thi Thu", "Nong Thi Thu"),
    cell("D133", "no diacritics in a list", "B03", "degree", "Tien si", "DEGREE-CODE", "query", words="Tiến sĩ"),
    meant("D134", "title before the name", "B03", "full_name", f"ThS. {NAME}", f"ThS. {NAME}"),
    cell("D135 C17", "mojibake", "B03", "full_name", "NÃ´ng Thá»‹ Thá»\xad", "FULL_NAME-MOJIBAKE", "error"),
    meant("C07", "NA as a value", "B03", "position", "NA", "NA"),
    meant("C07", "null as a value", "B03", "major", "null", "null"),
    meant("C18", "a formula's sign", "B03", "position", '=HYPERLINK("http://x")', '=HYPERLINK("http://x")'),
    meant("C18", "at sign", "B03", "position", "@SUM(1)", "@SUM(1)"),
)
DATES = (
    meant("D170 D182", "text among dates", "B03", DAY, "13/03/2025", dt.date(2025, 3, 13)),
    cell("D171 C08", "day and month", "B03", DAY, "03/04/2025", "STARTED_ON-DATE_TWO_WAYS", "note", words="03 tháng 4"),
    cell("D172", "a year", "B03", DAY, 2025, "STARTED_ON-TYPE", "error", words="Chỉ có năm"),
    kind(
        "D172",
        "a year in a date's format",
        _shown_as("B03", DAY, 1985, "dd/mm/yyyy"),
        "B03-STARTED_ON-TYPE",
        "error",
        words="Chỉ có năm",
    ),
    cell("D172", "year of birth only", "B03", "birth_date", "1990", "BIRTH_DATE-YEAR_ONLY", "query"),
    cell("D173", "a month", "B03", DAY, "8/2025", "STARTED_ON-TYPE", "error", words="tháng hoặc quý"),
    cell("D173", "a quarter", "B03", DAY, "Quý II/2025", "STARTED_ON-TYPE", "error", words="tháng hoặc quý"),
    cell("D174 C12", "two-digit year", "B03", DAY, "12/5/25", "STARTED_ON-TYPE", "error", words="hai chữ số"),
    cell("D175 C10", "serial as text", "B03", DAY, "44185", "STARTED_ON-TYPE", "error", words="con số của Excel"),
    kind(
        "C10",
        "serial as number",
        _shown_as("B03", DAY, 45000, "General"),
        "B03-STARTED_ON-TYPE",
        "error",
        words="con số của Excel",
    ),
    kind(
        "C10",
        "serial 60",
        _shown_as("B03", DAY, 60, "General"),
        "B03-STARTED_ON-TYPE",
        "error",
        words="con số của Excel",
    ),
    kind("D176 C11", "the 1904 epoch", _old_epoch, None, None, reads=("talents", DAY, dt.date(2025, 3, 13))),
    cell("D177 C09", "29 February", "B03", DAY, "29/02/2025", "STARTED_ON-TYPE", "error", words="lịch"),
    cell("D177", "day zero", "B03", DAY, "00/00/2025", "STARTED_ON-TYPE", "error", words="lịch"),
    meant("D178", "in words", "B03", DAY, "ngày 05 tháng 01 năm 2025", dt.date(2025, 1, 5)),
    cell("D179", "words behind", "B03", DAY, "01/9/2025 (QĐ 123)", "STARTED_ON-TYPE", "error"),
    cell("D179", "time of day", "B03", DAY, dt.datetime(2025, 3, 13, 10, 30), "STARTED_ON-TIME_DROPPED", "note"),
    cell("D180", "unclear", "B03", DAY, "cuối 2023", "STARTED_ON-TYPE", "error", words="không phải là ngày"),
    cell("D181", "starts at fifteen", "B03", DAY, dt.date(2006, 3, 13), "AGE-AT-START", "query"),
    cell("D181", "effect in the future", "B03", DAY, dt.date(2025, 12, 24), "STARTED-AFTER-FIGURES", "note"),
    cell("D173", "T5/2024", "B03", DAY, "T5/2024", "STARTED_ON-TYPE", "error", words="tháng hoặc quý"),
    cell("D177", "31 April", "B03", DAY, "31/4/2025", "STARTED_ON-TYPE", "error", words="lịch"),
    cell("D183", "until now", "B03", DAY, "đến nay", "STARTED_ON-TYPE", "error", words="nay"),
    kind(
        "D184 D213",
        "number became a date",
        _shown_as("B03", "position", dt.date(2025, 9, 3), "d/m"),
        "B03-POSITION-BECAME_DATE",
        "error",
    ),
)
NUMBERS = (
    meant("D200 C13", "Vietnamese marks", "B06", MONEY, "1.234,5", Decimal("1234.5")),
    cell("D200", "English marks", "B06", MONEY, "1,234.5", "SPENT_AMOUNT-DECIMAL_POINT", "note"),
    cell(
        "D200 C13",
        "thousands or decimals",
        "B06",
        MONEY,
        "1.234",
        "SPENT_AMOUNT-TYPE",
        "error",
        words="1234 hoặc 1,234",
    ),
    cell("D201 C13", "percent as text", "B02", COUNT, "12,5%", "RECRUITS_COUNT-TYPE", "error", words="phần trăm"),
    kind(
        "D201",
        "percent cell in percent",
        _shown_as("B01b", "target_value", 0.125, "0.0%"),
        "B01b-TARGET_VALUE-PERCENT_CELL",
        "note",
    ),
    kind(
        "D201",
        "percent cell",
        _shown_as("B02", COUNT, 0.125, "0.0%"),
        "B02-RECRUITS_COUNT-TYPE",
        "error",
        words="phần trăm",
    ),
    cell("D201", "a fraction for percent", "B01b", "target_value", 0.125, "PERCENT-FRACTION", "query"),
    cell("D202", "count and percent", "B02", COUNT, "2(40%)", "RECRUITS_COUNT-TYPE", "error", words="không phải số"),
    cell("D203", "đồng for million đồng", "B06", MONEY, 120_500_000, "UNIT-SUSPECT", "query"),
    cell("D203", "unit in the cell", "B06", MONEY, "120 triệu", "SPENT_AMOUNT-TYPE", "error", words="không phải số"),
    meant("D204", "number as text", "B02", COUNT, "5", 5),
    cell(
        "D205 C14",
        "formula without result",
        "B02",
        COUNT,
        Formula("=2+3"),
        "RECRUITS_COUNT-TYPE",
        "error",
        words="chưa có kết quả",
    ),
    cell("D206 C15", "#DIV/0!", "B06", MONEY, Formula("=1/0", "#DIV/0!"), "SPENT_AMOUNT-TYPE", "error", words="lỗi"),
    cell("D206 C15", "#REF!", "B02", COUNT, Formula("=#REF!", "#REF!"), "RECRUITS_COUNT-TYPE", "error", words="lỗi"),
    cell("D206 C15", "#N/A in text", "B03", "full_name", Formula("=NA()", "#N/A"), "FULL_NAME-ERROR_VALUE", "error"),
    kind(
        "D208",
        "shown without its decimals",
        _shown_as("B06", MONEY, 120.4567, "0"),
        None,
        None,
        reads=("budgets", MONEY, Decimal("120.4567")),
    ),
    kind(
        "D208",
        "shown as a whole person",
        _shown_as("B02", COUNT, 4.6, "0"),
        "B02-RECRUITS_COUNT-TYPE",
        "error",
        words="Số lẻ",
    ),
    cell("D209 C19", "negative", "B02", COUNT, -3, "RECRUITS_COUNT-RANGE", "error"),
    cell("D209 C19", "half a person", "B02", COUNT, 2.5, "RECRUITS_COUNT-TYPE", "error", words="Số lẻ"),
    cell("C19", "too many", "B02", COUNT, 1_000_000_000, "RECRUITS_COUNT-RANGE", "error"),
    cell("C19", "1e308", "B06", MONEY, 1e308, "SPENT_AMOUNT-TYPE", "error", words="quá lớn"),
    cell("D211", "about", "B02", COUNT, "khoảng 10", "RECRUITS_COUNT-TYPE", "error", words="không phải số"),
    cell("D211", "more than", "B02", COUNT, ">5", "RECRUITS_COUNT-TYPE", "error", words="không phải số"),
    cell("D211", "sum as text", "B02", COUNT, "2+1", "RECRUITS_COUNT-TYPE", "error", words="không phải số"),
    meant("D211", "a zero before the number", "B02", COUNT, "05", 5),
    cell("D215", "dots of thousands", "B02", COUNT, "1.250", "RECRUITS_COUNT-TYPE", "error", words="hai nghĩa"),
    cell("D215", "dots in an id", "B03", ID, "3.190.000.123", "NATIONAL_ID-ZERO_RESTORED", "note"),
)
CODES = (
    cell("D230", "degree in own words", "B03", "degree", "ĐH+ThS", "DEGREE-CODE", "query"),
    cell("D231", "an ethnic group", "B03", "is_ethnic_minority", "Tày, Nùng", "IS_ETHNIC_MINORITY-TYPE", "query"),
    cell("D232", "sex as a mark", "B03", "sex", "x", "SEX-CODE", "query"),
    cell("D232", "sex as 1", "B03", "sex", 1, "SEX-CODE", "query"),
    cell("D232", "no sex", "B03", "sex", None, "SEX-REQUIRED", "query"),
    cell("D233", "ambiguous form", "B03", "recruitment_form", "đặc cách", "RECRUITMENT_FORM-CODE", "query"),
    cell("D233", "no form", "B02", "recruitment_form", None, "RECRUITMENT_FORM-REQUIRED", "error"),
    cell("D234", "two groups in one cell", "B03", "talent_group", "N1, N2", "TALENT_GROUP-CODE", "query"),
    cell("D237", "no such workplace", "B03", "unit_kind", "phòng", "UNIT_KIND-CODE", "query"),
    meant("D238", "a university by its short name", "B03", "institution", "ĐHBK HN", "ĐHBK HN"),
    cell("D059", "abbreviation", "B03", "staff_kind", "VC", "STAFF_KIND-CODE", "error"),
)
KINDS: tuple[Kind, ...] = (*IDENTITIES, *TEXTS, *DATES, *NUMBERS, *CODES)
