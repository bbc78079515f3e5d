"""Whose report it is: (code, day) -> body, and what is said when it is nobody's or another's (D015, D150-D158)."""

import datetime as dt

import pytest

from expectations.contracts.load import all_contracts
from ingestion.workbook.interpret import interpret
from ingestion.workbook.reference import reference_of
from tests.builders import submission


@pytest.fixture
def sent(parse, sample_home):
    def sent(year: int = 2025, received_on: dt.date | None = None, asked: int | None = None, **cover: object):
        book = submission("talents", year=year).cover(**cover)
        parsed = parse(book.workbook())
        return interpret(parsed, asked or year, reference_of(sample_home), all_contracts(), received_on=received_on)

    return sent


def blockers(book) -> dict[str, str]:
    return {f.rule: f.message for f in book.findings if f.severity == "blocker"}


@pytest.mark.parametrize(
    ("year", "code", "name", "body"),
    [
        (2024, "SNV", "Sở Nội vụ", "SNV~2025-02-28"),
        (2025, "SNV", "Sở Nội vụ", "SNV"),
        (2025, "snv ", "SỞ NỘI VỤ", "SNV"),
        (2025, "Sở Nội vụ", "Sở Nội vụ", "SNV"),
        (2025, "06613", "Ủy ban nhân dân xã Đình Lập", "06613"),
    ],
)
def test_a_code_means_the_body_of_the_last_on_time_day(year: int, code: str, name: str, body: str, sent):
    book = sent(year, agency_code=code, agency_name=name)
    assert (book.agency_code, blockers(book)) == (body, {})
    assert book.rows["cover"][0]["agency_code"] == body


def test_D154_a_file_that_came_before_the_merger_is_of_the_old_body(sent):
    early, late = dt.date(2025, 2, 20), dt.date(2026, 1, 15)
    assert sent(2025, received_on=early).agency_code == "SNV~2025-02-28"
    assert sent(2025, received_on=late).agency_code == "SNV"
    assert sent(2024, received_on=late).agency_code == "SNV~2025-02-28"


@pytest.mark.parametrize(
    ("code", "words"), [("STTTT", ["Sở Thông tin và Truyền thông", "01/03/2025"]), ("H178", ["01/07/2025"])]
)
def test_D151_D152_a_body_that_ended_is_told_who_follows(code: str, words: list[str], sent):
    found = blockers(sent(agency_code=code, agency_name=None))
    assert list(found) == ["TEP-CO_QUAN_HET"] and all(word in found["TEP-CO_QUAN_HET"] for word in words)


def test_D155_a_commune_code_without_its_zero(sent):
    book = sent(agency_code=6613, agency_name="Ủy ban nhân dân xã Đình Lập")
    assert (book.agency_code, book.agency_code_written) == ("06613", "6613")
    assert "COVER-CODE-ZERO" in [f.rule for f in book.findings]


def test_the_province_itself_does_not_report(sent):
    assert "TEP-KHONG_BAO_CAO" in blockers(sent(agency_code="LS", agency_name=None))


def test_D016_no_code_at_all(sent):
    assert "TEP-KHONG_RO_CO_QUAN" in blockers(sent(agency_code=None))


def test_D150_a_name_that_is_nobodys_is_asked_about(sent):
    book = sent(agency_name="Phòng Tổ chức cán bộ")
    assert book.agency_code == "SNV" and blockers(book) == {}
    finding = next(f for f in book.findings if f.rule == "COVER-NAME-CODE")
    assert (finding.severity, finding.cell) == ("query", "B4")


def test_D015_the_form_of_another_year(sent):
    assert "năm 2024" in blockers(sent(2024, asked=2025))["TEP-SAI_NAM"]


@pytest.mark.parametrize("year", [None, "hai nghìn không trăm hai lăm", 1999])
def test_a_year_that_nobody_collects(year: object, sent):
    assert {"TEP-KHONG_RO_NAM", "TEP-SAI_NAM"} & blockers(sent(reporting_year=year)).keys()


def test_a_cover_line_that_is_gone(parse, sample_home):
    book = submission("talents").edited(lambda workbook: workbook["Thông tin chung"].delete_rows(3))
    found = blockers(interpret(parse(book.workbook()), 2025, reference_of(sample_home), all_contracts()))
    assert "Mã cơ quan" in found["TEP-DONG_THIEU"]


def test_nothing_of_a_blocked_sender_is_attributed(sent):
    book = sent(agency_code="SYT")
    assert book.agency_code is None and book.is_blocked
