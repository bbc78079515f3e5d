"""Parts III to V: what the figures suggest, what a person must still write, and the closing sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reporting import numbers
from reporting.disclosure import HIDDEN
from reporting.narrative.blocks import Block, Heading, Paragraph, Placeholder, lowered
from reporting.narrative.results import silent_groups
from reporting.narrative.steering import PLACE
from reporting.totals import total_of
from reporting.warehouse import AS_REPORTED, Report, Row
from reporting.wording import annexes, say

_ANNUAL_SHARES = ("CT02", "CT03", "CT05")
_UNASSIGNED = "Chờ quyết định phân công"


def assessment(report: Report) -> list[Block]:
    """Parts III, IV, V and the last sentence."""
    following = report.year + 1
    return [
        Heading(1, "III. ĐÁNH GIÁ CHUNG"),
        Heading(2, "1. Kết quả đạt được"),
        Paragraph(_reached(report)),
        Placeholder(say("soan_thao.ket_qua")),
        Heading(2, "2. Hạn chế"),
        *(Paragraph(sentence) for sentence in _shortcomings(report)),
        Placeholder(say("soan_thao.han_che")),
        Heading(2, "3. Nguyên nhân"),
        Placeholder(say("soan_thao.nguyen_nhan")),
        Heading(2, "4. Chất lượng số liệu"),
        Paragraph(_quality(report)),
        Paragraph(_absent_annexes()),
        Heading(1, f"IV. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM {following}"),
        *(Paragraph(sentence) for sentence in _outlook(report)),
        Placeholder(say("soan_thao.giai_phap", nam1=following)),
        Heading(1, "V. ĐỀ XUẤT, KIẾN NGHỊ"),
        *(Paragraph(sentence) for sentence in _petitions(report)),
        Placeholder(say("soan_thao.kien_nghi")),
        Paragraph(say("ket", nam=report.year, tinh=PLACE)),
    ]


def _petitions(report: Report) -> Iterator[str]:
    if not report.proposals:
        yield say("kn.khong")
        return
    for row in report.proposals:
        yield say(
            "kn",
            noi_nhan=row["addressee_label_vi"],
            noi_dung=lowered(str(row["topic_label_vi"])),
            n=numbers.in_sentence(row["agencies"]),
        )
    yield say("chi_tiet_phu_luc", pl="XV")


def due(report: Report) -> list[Row]:
    """The indicators that the plan binds in this year: those with a target whose day of judgement has come."""
    return [row for row in report.indicators if row["verdict"] not in ("no_target", "not_due")]


def _named(rows: list[Row]) -> str:
    return "; ".join(lowered(str(row["name_vi"])) for row in rows)


def _reached(report: Report) -> str:
    judged = due(report)
    met = [row for row in judged if row["verdict"] in ("met", "approximately_met")]
    if not judged:
        return say("dg.khong_den_han", nam=report.year)
    if not met:
        return say("dg.dat.khong", m=numbers.in_sentence(len(judged)))
    return say("dg.dat", n=numbers.in_sentence(len(met)), m=numbers.in_sentence(len(judged)), ds=_named(met))


def _shortcomings(report: Report) -> Iterator[str]:
    judged = due(report)
    for key, verdict in (("dg.chua_dat", "not_met"), ("dg.chua_du", "not_computable")):
        rows = [row for row in judged if row["verdict"] == verdict]
        if rows:
            yield say(key, n=numbers.in_sentence(len(rows)), m=numbers.in_sentence(len(judged)), ds=_named(rows))
    late = report.header["agencies_owed"] - report.header["agencies_missing"] - report.header["agencies_on_time"]
    if late > 0:
        yield say("dg.cham", k=numbers.in_sentence(late))
    silent = silent_groups(report)
    if silent:
        yield say("dg.trong", k=numbers.in_sentence(len(silent)))


def _quality(report: Report) -> str:
    total = total_of(report.data_quality, "rule_group")
    if total is None or not total["rows_checked"]:
        return say("cl.khong")
    rows = total["rows_checked"]
    good = rows - total["rows_rejected"]
    facts: dict[str, Any] = {
        "p": numbers.written(numbers.share(good, rows), numbers.decimals_for(good, rows, 100)),
        "q": numbers.in_sentence(total["explained"]),
        "r": numbers.in_sentence(total["rows_rejected"]),
        "ly_do": say("cl.ly_do", pl="XIII"),
    }
    unassigned = _unassigned(report)
    if unassigned is None:
        return say("cl.khong_s", **facts)
    return say("cl", s=numbers.in_sentence(unassigned), **facts)


def _unassigned(report: Report) -> int | None:
    """New recruits whose body ended and who wait for an assignment; None where the count is withheld."""
    waiting = [
        row["recruits"]
        for row in report.recruitment_by_agency
        if row["structure_on"] != AS_REPORTED and str(row["note_vi"] or "").startswith(_UNASSIGNED)
    ]
    return None if HIDDEN in waiting else sum(waiting)


def _absent_annexes() -> str:
    absent = [number for number, spec in annexes().items() if spec.get("absent")]
    return say("phu_luc.danh_muc", n=numbers.in_sentence(len(annexes()) - len(absent)), vang=", ".join(absent))


def _outlook(report: Report) -> Iterator[str]:
    """What the plan asks of the next year in numbers, and how far this year is from it."""
    bound = list(_next_targets(report.year + 1))
    if not bound:
        yield say("ph.moc.khong", nam1=report.year + 1)
    for code, target, words in bound:
        row = report.indicator(code)
        if not row["denominator"]:
            continue
        missing = numbers.shortfall(row["numerator"], row["denominator"], target)
        facts = {"nam1": report.year + 1, "chi_tieu_nam_sau": f"{lowered(str(row['name_vi']))} {words}"}
        if missing:
            more = {"k": numbers.in_sentence(missing), "don_vi": row["counted_unit_vi"], "nam": report.year}
            yield say("ph.moc", muc=numbers.target_percent(target), **more, **facts)
        else:
            yield say("ph.moc.dat", **facts)


def _next_targets(year: int) -> Iterator[tuple[str, int, str]]:
    from expectations.indicators.load import load
    from expectations.reference.load import read

    for row in read("targets"):
        first, last = int(row["reporting_year_from"]), int(row["reporting_year_to"] or 9999)
        if row["indicator_code"] in _ANNUAL_SHARES and first <= year <= last:
            headline = next(r.code for r in load(row["indicator_code"]).readings if r.is_headline)
            if row["reading"] == headline:
                yield row["indicator_code"], int(row["target_value"]), row["target_text_vi"]
