"""Faults of the forms B08–B14 and KT: counts that are none, terms left out, policies and bodies of another day.

Lives here: what is wrong with lines of ``rehearsal/affairs.py``. Does not live here: persons' ids (``identities.py``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ingestion.rehearsal.faults.spoiler import Spoiler
from ingestion.rehearsal.papers import FactRow, SaysLine
from ingestion.template.pages import shown

_NEW_COMMUNES = date(2025, 7, 1)
_ND263_FROM = date(2025, 10, 14)
_MILLION = 1_000_000


def about_five(s: Spoiler, year: int) -> None:
    """D211: a count of nominations that is no number."""
    if found := s.row(year, "B08"):
        one, page, row = found
        row.values["proposed_count"], row.says = f"khoảng {row.values['proposed_count']}", None
        s.at("D211", "B08-PROPOSED_COUNT-TYPE", one, page, row, "proposed_count")


def negative_commendations(s: Spoiler, year: int) -> None:
    """D209: fewer than nobody was commended."""
    if found := s.row(year, "B09"):
        one, page, row = found
        row.values["count"], row.says = -1, None
        s.at("D209", "B09-COUNT-RANGE", one, page, row, "count")


def document_without_number(s: Spoiler, year: int) -> None:
    """D260: a document that was issued, it is said, but under no number."""
    if found := s.row(year, "B13"):
        one, page, row = found
        row.values["document_number"], row.says = None, SaysLine(())
        s.at("D260", "B13-ISSUED-WITHOUT-NUMBER", one, page, row, "document_number")
        s.answer(one, "B13-ISSUED-WITHOUT-NUMBER", "Chưa tìm được bản gốc; sẽ bổ sung số, ký hiệu ở lần gửi sau.")


def money_without_commitment(s: Spoiler, year: int) -> None:
    """D270: money under the resolution without the term that it asks for."""
    if found := s.row(year, "B14", lambda row: bool(row.values.get("commitment_months"))):
        one, page, row = found
        row.values["commitment_months"] = None
        _says(row, commitment_months=None)
        s.at("D270", "B14-COMMITMENT-MISSING", one, page, row, "commitment_months")
        s.answer(one, "B14-COMMITMENT-MISSING", "Quyết định không ghi thời gian; đơn vị đang đề nghị bổ sung.")


def grant_in_dong(s: Spoiler, year: int) -> None:
    """D203: a grant in đồng where million đồng are asked; told of it, the officer sends the file again, corrected."""

    def fits(row: FactRow) -> bool:
        return bool(row.values.get("amount")) and not row.values.get("breached_on")

    if one := s.file(year, "B14", lambda each: any(map(fits, each.rows("B14")))):
        first = s.earlier(one, days=3)
        row = next(filter(fits, first.rows("B14")))
        row.values["amount"] = int(str(row.values["amount"])) * _MILLION
        s.at("D203", "B14-UNIT-SUSPECT", first, first.book.page("B14"), row, "amount")


def policy_of_tomorrow(s: Spoiler, year: int) -> None:
    """D235: a policy that did not exist yet on the day of the decision."""

    def decided_before(row: FactRow) -> bool:
        return row.values["decided_on"] < _ND263_FROM  # type: ignore[operator]

    if found := s.row(year, "B14", decided_before):
        one, page, row = found
        row.values["policy_code"], row.says = shown("policy", "ND263_PC150"), None
        s.at("D235", "B14-POLICY-IN-FORCE", one, page, row, "policy_code")


def inspected_district(s: Spoiler, year: int) -> None:
    """D152: a district that had ended on the day of the inspection."""
    if found := s.row(year, "KT", lambda row: row.values["inspected_on"] >= _NEW_COMMUNES):  # type: ignore[operator]
        one, page, row = found
        row.values["agency_code"], row.says = "H189", None
        s.at("D152", "KT-AGENCY-DAY", one, page, row, "agency_code")


def _says(row: FactRow, **changed: int | None) -> None:
    """What the line states once numbers were changed; None: it states that number no more."""
    assert isinstance(row.says, SaysLine)
    numbers = {**dict(row.says.numbers), **changed}
    row.says = replace(row.says, numbers=tuple((k, v) for k, v in numbers.items() if v is not None))
