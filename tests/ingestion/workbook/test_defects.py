"""Kinds of domain.md § 8 on text, encodings, dates and numbers, each built into a real workbook and read in its jail.

Every case states outcome, rule, severity, sheet and cell; the same workbook without the defect has no such finding.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from expectations.findings import Outcome
from expectations.home import Home
from ingestion.check import FileVerdict, check
from tests.builders import Submission, submission

ACCEPTED, PARTLY = Outcome.ACCEPTED, Outcome.PARTLY_ACCEPTED
COMPOSITE = "Tru\u031bo\u031b\u0300ng pho\u0300ng"  # base with horn, then the tone: neither NFC nor NFD


@dataclass(frozen=True)
class Defect:
    """One value in one field of the first row, and what is said of it. `cell` False: a note for the whole sheet."""

    dataset: str
    field: str
    value: Any
    rule: str
    severity: str
    outcome: Outcome
    number_format: str | None = None
    cell: bool = True
    words: str = ""


def talent(field: str, value: Any, rule: str, severity: str, outcome: Outcome, **more: Any) -> Defect:
    return Defect("talents", field, value, f"B03-{rule}", severity, outcome, **more)


def sums(value: Any, rule: str, severity: str, outcome: Outcome, field: str = "recruits_count", **more: Any) -> Defect:
    return Defect("recruitment_summaries", field, value, f"B02-{rule}", severity, outcome, **more)


def money(value: Any, rule: str, severity: str, outcome: Outcome, **more: Any) -> Defect:
    return Defect("budgets", "spent_amount", value, f"B06-{rule}", severity, outcome, **more)


DEFECTS: dict[str, Defect] = {
    "D101 scientific text": talent("national_id", "3.19E+09", "ID-SHAPE", "error", PARTLY, words="làm tròn"),
    "D102 spaces in the id": talent("national_id", "003 190 000 123", "NATIONAL_ID-SEPARATORS", "note", ACCEPTED),
    "D102 apostrophe and dots": talent("national_id", "'003.190.000.123", "NATIONAL_ID-SEPARATORS", "note", ACCEPTED),
    "D103 letter O": talent("national_id", "O03190000123", "ID-SHAPE", "error", PARTLY, words="chữ cái"),
    "D104 old identity card": talent("national_id", "080123456", "ID-SHAPE", "error", PARTLY, words="9 chữ số"),
    "D105 two numbers": talent("national_id", "003190000123/080123456", "ID-SHAPE", "error", PARTLY, words="Hai số"),
    "D108 masked": talent("national_id", "003xxxxxx123", "ID-SHAPE", "error", PARTLY, words="che"),
    "D110 fifteen digits": talent("position", 1234567890123456789, "POSITION-ROUNDED_BY_EXCEL", "error", PARTLY),
    "D122 spaces": talent("full_name", "  Nông  Thị Thử ", "SPACES", "note", ACCEPTED, cell=False),
    "D123 NFD": talent("full_name", unicodedata.normalize("NFD", "Nông Thị Thử"), "NFC", "note", ACCEPTED, cell=False),
    "D124 composite": talent("position", COMPOSITE, "NFC", "note", ACCEPTED, cell=False),
    "D054 zero-width": talent("full_name", "Nông\u200b Thị Thử", "INVISIBLE", "note", ACCEPTED, cell=False),
    "D127 Eth": talent("full_name", "Ðặng Thị Thử", "LOOK_ALIKE", "note", ACCEPTED, cell=False),
    "D128 gha": talent("position", "Trƣởng phòng", "LOOK_ALIKE", "note", ACCEPTED, cell=False),
    "D129 Cyrillic": talent("position", "Тrưởng рhòng", "LOOK_ALIKE", "note", ACCEPTED, cell=False),
    "D129 beyond repair": talent("full_name", "Nông Thị Лan", "FULL_NAME-MIXED_SCRIPTS", "error", PARTLY),
    "D135 mojibake": talent("full_name", "NÃ´ng Thá»‹ Thá»\xad", "FULL_NAME-MOJIBAKE", "error", PARTLY),
    "D171 day and month": talent(
        "started_on", "03/04/2025", "STARTED_ON-DATE_TWO_WAYS", "note", ACCEPTED, words="03 tháng 4"
    ),
    "D172 year": talent("started_on", 2025, "STARTED_ON-TYPE", "error", PARTLY, words="Chỉ có năm"),
    "D172 year in a date format": talent(
        "started_on", 1985, "STARTED_ON-TYPE", "error", PARTLY, number_format="dd/mm/yyyy", words="Chỉ có năm"
    ),
    "D173 month": talent("started_on", "8/2025", "STARTED_ON-TYPE", "error", PARTLY, words="tháng hoặc quý"),
    "D173 quarter": talent("started_on", "Quý II/2025", "STARTED_ON-TYPE", "error", PARTLY, words="tháng hoặc quý"),
    "D173 T5/2024": talent("started_on", "T5/2024", "STARTED_ON-TYPE", "error", PARTLY, words="tháng hoặc quý"),
    "D174 short year": talent("started_on", "12/5/25", "STARTED_ON-TYPE", "error", PARTLY, words="hai chữ số"),
    "D175 serial as text": talent("started_on", "44185", "STARTED_ON-TYPE", "error", PARTLY, words="con số của Excel"),
    "D177 29 February": talent("started_on", "29/02/2025", "STARTED_ON-TYPE", "error", PARTLY, words="lịch"),
    "D177 31 April": talent("started_on", "31/4/2025", "STARTED_ON-TYPE", "error", PARTLY, words="lịch"),
    "D177 day zero": talent("started_on", "00/00/2025", "STARTED_ON-TYPE", "error", PARTLY, words="lịch"),
    "D179 words behind": talent("started_on", "01/9/2025 (QĐ 123)", "STARTED_ON-TYPE", "error", PARTLY),
    "D179 time of day": talent(
        "started_on", dt.datetime(2025, 3, 13, 10, 30), "STARTED_ON-TIME_DROPPED", "note", ACCEPTED
    ),
    "D180 unclear": talent("started_on", "cuối 2023", "STARTED_ON-TYPE", "error", PARTLY, words="không phải là ngày"),
    "D183 until now": talent("started_on", "đến nay", "STARTED_ON-TYPE", "error", PARTLY, words="nay"),
    "D184 number became a date": talent(
        "position", dt.date(2025, 12, 3), "POSITION-BECAME_DATE", "error", PARTLY, number_format="d/m"
    ),
    "D200 1,234.5": money("1,234.5", "SPENT_AMOUNT-DECIMAL_POINT", "note", ACCEPTED),
    "D200 1.234": money("1.234", "SPENT_AMOUNT-TYPE", "error", PARTLY, words="1234 hoặc 1,234"),
    "D201 percent text": sums("12,5%", "RECRUITS_COUNT-TYPE", "error", PARTLY, words="phần trăm"),
    "D201 percent cell": sums(0.125, "RECRUITS_COUNT-TYPE", "error", PARTLY, number_format="0.0%", words="phần trăm"),
    "D202 count and percent": sums("2(40%)", "RECRUITS_COUNT-TYPE", "error", PARTLY, words="không phải số"),
    "D205 no result": sums("=2+3", "RECRUITS_COUNT-TYPE", "error", PARTLY, words="chưa có kết quả"),
    "D206 #REF!": sums("#REF!", "RECRUITS_COUNT-TYPE", "error", PARTLY, words="lỗi"),
    "D206 #DIV/0!": money("#DIV/0!", "SPENT_AMOUNT-TYPE", "error", PARTLY, words="lỗi"),
    "D206 #N/A in text": talent("full_name", "#N/A", "FULL_NAME-ERROR_VALUE", "error", PARTLY),
    "D209 negative": sums(-3, "RECRUITS_COUNT-RANGE", "error", PARTLY),
    "D209 half a person": sums(2.5, "RECRUITS_COUNT-TYPE", "error", PARTLY, words="Số lẻ"),
    "D211 about": sums("khoảng 10", "RECRUITS_COUNT-TYPE", "error", PARTLY, words="không phải số"),
    "D211 more than": sums(">5", "RECRUITS_COUNT-TYPE", "error", PARTLY, words="không phải số"),
    "D211 sum as text": sums("2+1", "RECRUITS_COUNT-TYPE", "error", PARTLY, words="không phải số"),
    "D215 thousands": sums("1.250", "RECRUITS_COUNT-TYPE", "error", PARTLY, words="hai nghĩa"),
}
WHOLE = {"talents": "B03", "recruitment_summaries": "B02", "budgets": "B06"}


def built(defect: Defect) -> Submission:
    book = submission(*WHOLE).with_value(defect.dataset, defect.field, defect.value)
    if defect.number_format is None:
        return book
    place = book.address(defect.dataset, defect.field)
    return book.with_cell(WHOLE[defect.dataset], place, defect.value, defect.number_format)


@pytest.fixture(scope="module")
def verdicts(sample_home: Home, tmp_path_factory: pytest.TempPathFactory) -> dict[str, FileVerdict]:
    """All defects, and the workbook without any, checked at once."""
    folder = tmp_path_factory.mktemp("defects")
    books = {"whole": submission(*WHOLE)} | {name: built(defect) for name, defect in DEFECTS.items()}
    paths = [book.save(folder, f"{number}.xlsx") for number, book in enumerate(books.values())]
    return dict(zip(books, check(paths, sample_home), strict=True))


@pytest.mark.parametrize("name", DEFECTS)
def test_D_cells(name: str, verdicts: dict[str, FileVerdict]):
    defect, verdict = DEFECTS[name], verdicts[name]
    found = [f for f in verdict.findings if f.rule == defect.rule]
    assert len(found) == 1, [(f.rule, f.cell) for f in verdict.findings]
    cell = built(defect).address(defect.dataset, defect.field)
    assert (found[0].severity, found[0].sheet) == (defect.severity, WHOLE[defect.dataset])
    assert found[0].cell == cell if defect.cell else cell in found[0].message
    assert defect.words in found[0].message
    assert verdict.outcome is defect.outcome, [(f.rule, f.severity, f.message) for f in verdict.findings]
    assert defect.rule not in {f.rule for f in verdicts["whole"].findings}


def test_the_workbook_without_defects_is_accepted(verdicts: dict[str, FileVerdict]):
    assert verdicts["whole"].outcome is ACCEPTED


@pytest.mark.parametrize(
    ("dataset", "field", "written", "meant"),
    [
        ("talents", "started_on", "13/03/2025", dt.date(2025, 3, 13)),  # D170, D182
        ("talents", "started_on", "ngày 05 tháng 01 năm 2025", dt.date(2025, 1, 5)),  # D178
        ("budgets", "spent_amount", "1.234,5", Decimal("1234.5")),  # D200
        ("budgets", "spent_amount", "1.234.567", Decimal(1234567)),  # D200
        ("recruitment_summaries", "recruits_count", "5", 5),  # D204
        ("talents", "full_name", "Nông Thị Hoà", "Nông Thị Hoà"),  # D130: a name is kept as it is written
    ],
)
def test_D130_D170_D178_D182_D200_D204_what_can_be_read_one_way_is_read(dataset, field, written, meant, read):
    book = read(submission(*WHOLE).with_value(dataset, field, written))
    assert book.rows[dataset][0][field] == meant
    assert not [f for f in book.findings if f.field == field]
    assert not [p for p in book.problems if p.field == field]
