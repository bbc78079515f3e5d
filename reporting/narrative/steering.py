"""The opening of the report and part I: what was issued, how the plan was made known, who reported and who did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from reporting import numbers
from reporting.narrative import affairs
from reporting.narrative.blocks import Block, Heading, Paragraph
from reporting.warehouse import Report
from reporting.wording import say

PLACE = "Lạng Sơn"
_NAMED = 15  # more missing agencies than this are named in the annex only


def title(report: Report) -> str:
    """The subject line (trích yếu)."""
    return say("tieu_de", tinh=PLACE, nam=report.year)


def known_until(report: Report) -> date:
    """The last day whose submissions count: the one up to which the build knows everything."""
    return report.header["known_on"]


def opening(report: Report) -> list[Block]:
    """Why the report is made and what its figures rest on. Number and day of the plan stay open when unknown."""
    head = report.header
    basis = say(
        "mo_dau",
        so_ke_hoach=head["plan_number"] or say("so_ke_hoach.trong"),
        ngay_ke_hoach=numbers.day(head["plan_issued_on"]) if head["plan_issued_on"] else say("ngay_ke_hoach.trong"),
        tinh=PLACE,
        nam=report.year,
    )
    figures = say(
        "so_lieu_chot",
        tu=numbers.day(date(report.year, 1, 1)),
        chot=numbers.day(counted_to(report)),
        n_da_nhan=numbers.in_sentence(head["agencies_received"]),
        n_phai_bao_cao=numbers.in_sentence(head["agencies_owed"]),
        ngay_khoa=numbers.day(known_until(report)),
        phu_luc_dinh_nghia="XII",
    )
    return [Paragraph(basis), Paragraph(figures)]


def counted_to(report: Report) -> date:
    """The last day whose events are counted: the end of the year, or what was known before it."""
    return min(report.header["known_on"], date(report.year, 12, 31))


def closed_on(report: Report) -> date:
    """The last day the agencies closed their own figures on (money, tasks), else the last counted day."""
    return report.header["closed_on"] or counted_to(report)


def steering(report: Report) -> list[Block]:
    """Part I."""
    return [
        Heading(1, "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI"),
        Heading(2, "1. Ban hành văn bản"),
        Paragraph(_documents(report)),
        Paragraph(say("ke_hoach_co_quan", n=numbers.in_sentence(_issued_plans(report)), pl="XVI")),
        Heading(2, "2. Quán triệt, tuyên truyền"),
        Paragraph(_conferences(report)),
        Heading(2, "3. Đôn đốc, kiểm tra"),
        *affairs.urging(report),
        Heading(2, "4. Tình hình báo cáo"),
        *(Paragraph(sentence) for sentence in _reporting(report)),
    ]


def missing_agencies(report: Report) -> list[str]:
    """The names of the agencies that owed a report and have none accepted."""
    return [str(row["agency_name_vi"]) for row in report.submissions if row["first_accepted_on"] is None]


def named(names: list[str], annex: str) -> str:
    """The names in a sentence; a long list is cut and the annex holds the rest."""
    if len(names) <= _NAMED:
        return "; ".join(names)
    rest = numbers.in_sentence(len(names) - _NAMED)
    return "; ".join(names[:_NAMED]) + f" và {rest} cơ quan khác (Phụ lục {annex})"


def _documents(report: Report) -> str:
    issued = report.documents
    if not issued:
        return say("van_ban_khong", n=numbers.in_sentence(report.header["documents_in_force"]))
    kinds = Counter(row["document_kind"] for row in issued)
    named = {"n_qppl": kinds["nghi_quyet"], "n_qd": kinds["quyet_dinh"], "n_kh": kinds["ke_hoach"]}
    named["n_khac"] = len(issued) - sum(named.values())
    facts = {name: numbers.in_sentence(count) for name, count in named.items()}
    return say("van_ban", n=numbers.in_sentence(len(issued)), pl="XIV", **facts)


def _issued_plans(report: Report) -> int:
    return sum(1 for row in report.plans if row["plan_number"] and row["issued_on"])


def _conferences(report: Report) -> str:
    actual = {row["output_code"]: row["actual"] for row in report.tasks if row["agencies_reporting"]}
    held, attended = actual.get("II.1-HN"), actual.get("II.1-LN")
    if held is None or attended is None:
        return say("nv.khong_so_lieu")
    return say("quan_triet", n_hoi_nghi=numbers.in_sentence(held), luot=numbers.in_sentence(attended))


def _reporting(report: Report) -> Iterator[str]:
    head = report.header
    owed = head["agencies_owed"]
    if owed:
        yield say("bao_cao_dung_han", **_on_time_facts(report))
    missing = missing_agencies(report)
    if missing:
        yield say("thieu_co_quan", k=numbers.in_sentence(len(missing)), danh_sach=named(missing, "X"))
    else:
        yield say("du_co_quan", N=numbers.in_sentence(owed))
    if head["ended_agencies"]:
        ended = numbers.in_sentence(head["ended_agencies"])
        yield say("thay_doi_to_chuc", han=numbers.day(head["last_on_time_on"]), k=ended)
    yield say("chi_tiet_phu_luc", pl="X")


def _on_time_facts(report: Report) -> dict[str, Any]:
    head = report.header
    owed, received, on_time = head["agencies_owed"], head["agencies_received"], head["agencies_on_time"]
    return {
        "han": numbers.day(head["last_on_time_on"]),
        "n": numbers.in_sentence(on_time),
        "N": numbers.in_sentence(owed),
        "tl": numbers.share_printed(on_time, owed, 100),
        "ngay_khoa": numbers.day(known_until(report)),
        "n2": numbers.in_sentence(received),
        "tl2": numbers.share_printed(received, owed, 100),
    }
