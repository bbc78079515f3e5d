"""Kinds D150–D158 and D234–D270 that one workbook shows alone: the sender, and rows that contradict each other.

Lives here: claims that cannot be true. Does not live here: what only other files or years show (test_collected.py).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from ingestion.template.pages import contract_of
from tests.kinds.forms import Form, Kind, Place, Plant, kind, written


def _row(form: str, shown_at: str, **values: Any) -> Plant:
    """Values of the first line of a form, written as its dropdowns write them."""

    def plant(f: Form) -> Place:
        dataset = contract_of(form).name
        for name, value in values.items():
            f.put(form, name, written(dataset, name, value))
        return f.at(form, shown_at)

    return plant


def _cover(shown_at: str, **values: Any) -> Plant:
    def plant(f: Form) -> Place:
        for name, value in values.items():
            f.cover(name, value)
        return Place(f.book.cover_name, f.book.cover_cell(shown_at))

    return plant


def _people(form: str, field: str, day: dt.date, count: int = 3) -> Plant:
    """So many people, all on one day."""

    def plant(f: Form) -> Place:
        f.put(form, field, day)
        for number in range(1, count):
            born = {} if form == "B04" else {"birth_date": dt.date(1990 + number, 5, 6)}
            f.add(form, full_name=f"Lương Thị Giả {number}", national_id=f"00319{number}000{number}77", **born)
        return f.at(form, field)

    return plant


def _sent(code: str, name: str | None = None) -> Plant:
    return _cover("agency_code", agency_code=code, agency_name=name)


def _border_gate(f: Form) -> None:
    """The Management Board, which owes fewer forms, with the dash that Word makes of a hyphen."""
    f.drop("KT")
    f.cover("agency_code", "BQLKKT")
    f.cover("agency_name", "Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng – Lạng Sơn")


SENDERS = (
    kind("D150", "a short name as the code", _sent("Sở NV", "Sở Nội vụ"), None, None),
    kind(
        "D150", "a name that is nobody's", _cover("agency_name", agency_name="Sở Nội chính"), "COVER-NAME-CODE", "query"
    ),
    kind("D151", "the name of another body", _sent("SNV", "Sở Tài chính"), "TEP-SAI_CO_QUAN", "blocker"),
    kind("D151", "a body that ended", _sent("SKHDT", "Sở Kế hoạch và Đầu tư"), "TEP-CO_QUAN_HET", "blocker"),
    kind("D152", "a district after 01/07/2025", _sent("H189", "UBND huyện Hữu Lũng"), "TEP-CO_QUAN_HET", "blocker"),
    kind("D153", "a homonym of communes", _sent("Xã Hòa Bình", None), "TEP-CO_QUAN_HET", "blocker"),
    kind("D156", "the province for the city", _sent("Tỉnh Lạng Sơn", None), "TEP-KHONG_BAO_CAO", "blocker"),
    kind("D156", "the city that has ended", _sent("Thành phố Lạng Sơn", None), "TEP-CO_QUAN_HET", "blocker"),
    kind("D157", "an office inside the agency", _sent("Phòng TCCB", None), "TEP-KHONG_RO_CO_QUAN", "blocker"),
    kind("D136", "another dash", _border_gate, None, None),
)
RULES = (
    kind(
        "D234",
        "N2 without a master's degree",
        _row("B03", "talent_group", talent_group="N2", degree="dai_hoc"),
        "B03-GROUP-WITHOUT-DEGREE",
        "query",
    ),
    kind(
        "D235",
        "a decree that had ended",
        _row("B03", "legal_basis", legal_basis="ND140_SV"),
        "B03-BASIS-IN-FORCE",
        "error",
    ),
    kind(
        "D235",
        "a policy before its day",
        _row("B14", "policy_code", decided_on=dt.date(2019, 2, 10), commitment_from=dt.date(2019, 3, 1)),
        "B14-POLICY-IN-FORCE",
        "error",
    ),
    kind(
        "D239",
        "nobody says the field",
        _row("B05", "training_field", training_field=None),
        "B05-FIELD-UNKNOWN",
        "query",
    ),
    kind(
        "D250",
        "more talents than recruits",
        _row("B02", "talents_count", talents_count=7),
        "B02-TALENTS-EXCEED",
        "error",
    ),
    kind(
        "D255",
        "a course before recognition",
        _row("B05", "completed_on", started_on=dt.date(2025, 1, 2), completed_on=dt.date(2025, 1, 9)),
        "B05-BEFORE-TALENT",
        "note",
    ),
    kind(
        "D256",
        "a course after the cut-off",
        _row("B05", "completed_on", completed_on=dt.date(2025, 12, 20)),
        "B05-AFTER-CUT-OFF",
        "note",
    ),
    kind(
        "D258",
        "moved by reorganisation, said to have left",
        _people("B04", "effective_on", dt.date(2025, 7, 1)),
        "B04-REORGANISATION-EXITS",
        "query",
    ),
    kind(
        "D259",
        "recruits of the day of reorganisation",
        _people("B03", "started_on", dt.date(2025, 3, 1)),
        "B03-REORGANISATION-STARTS",
        "query",
    ),
    kind(
        "D260", "a plan without its day", _row("B01", "issued_on", issued_on=None), "B01-NUMBER-WITHOUT-DATE", "query"
    ),
    kind(
        "D260",
        "a plan without its number",
        _row("B01", "plan_number", plan_number=None),
        "B01-DATE-WITHOUT-NUMBER",
        "query",
    ),
    kind(
        "D260",
        "issued, and no number",
        _row("B13", "document_number", document_number=None),
        "B13-ISSUED-WITHOUT-NUMBER",
        "query",
    ),
    kind(
        "D261",
        "a paper older than its figures",
        _cover("document_date", document_date=dt.date(2025, 11, 10)),
        "COVER-DOCUMENT-BEFORE-FIGURES",
        "query",
    ),
    kind(
        "D263",
        "figures of another year",
        _cover("figures_as_of", figures_as_of=dt.date(2024, 11, 20), document_date=dt.date(2025, 11, 25)),
        "COVER-FIGURES-YEAR",
        "query",
    ),
    kind(
        "D266",
        "a start that is still planned",
        _row("B03", "started_on", started_on=dt.date(2025, 12, 24)),
        "B03-STARTED-AFTER-FIGURES",
        "note",
    ),
    kind(
        "D266",
        "an estimate among the spending",
        _row("B06", "spent_amount", spent_amount="ước 120"),
        "B06-SPENT_AMOUNT-TYPE",
        "error",
    ),
    kind(
        "D267",
        "nothing said of an empty form",
        lambda f: f.nil("B04", said=False) or Place("B04"),
        "B04-FORM-MISSING",
        "error",
    ),
    kind(
        "D268",
        "older than seventy at the start",
        _row("B03", "started_on", birth_date=dt.date(1950, 5, 6), national_id="003150000123"),
        "B03-AGE-AT-START",
        "query",
    ),
    kind(
        "D268",
        "a young scientist of forty",
        _row(
            "B03",
            "birth_date",
            birth_date=dt.date(1980, 5, 6),
            national_id="003180000123",
            legal_basis="ND263_NKH",
            recognised_on=dt.date(2025, 11, 2),
        ),
        "B03-YOUNG-SCIENTIST",
        "query",
    ),
    kind(
        "D269",
        "recognised without power",
        _row(
            "B03",
            "recognition_authority",
            recognition_authority="chu_tich_ubnd_huyen",
            recognised_on=dt.date(2025, 7, 20),
        ),
        "B03-AUTHORITY-WITHOUT-POWER",
        "query",
    ),
    kind(
        "D270",
        "money without a commitment",
        _row("B14", "commitment_months", commitment_months=None),
        "B14-COMMITMENT-MISSING",
        "query",
    ),
    kind(
        "D270",
        "five years instead of eight",
        _row("B14", "commitment_months", commitment_months=60),
        "B14-COMMITMENT-SHORT",
        "query",
    ),
)
KINDS: tuple[Kind, ...] = (*SENDERS, *RULES)
