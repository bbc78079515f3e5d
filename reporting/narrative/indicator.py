"""One paragraph an indicator, always the same five ideas in the same order: name and target, reading, result,
conclusion and distance, what to bear in mind (worked-examples § 9.3).

Does not live here: the sentences (`wording/vi.yml`), the results table below the paragraph (``tables``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from reporting import numbers
from reporting.disclosure import HIDDEN
from reporting.tables.indicators import PROVISIONAL, other_words
from reporting.warehouse import Report, Row
from reporting.wording import say

FEW = 30  # below so many, one person is told in percentage points
_AGENCY = "cơ quan"
_JUDGED = ("met", "approximately_met", "not_met")


@dataclass(frozen=True)
class Ideas:
    """The five ideas of one indicator; ``notes`` may be empty, the others never are."""

    name: str
    reading: str
    result: str
    conclusion: str
    notes: tuple[str, ...]

    def text(self) -> str:
        """All but the name, as one paragraph."""
        return " ".join(part for part in (self.reading, self.result, self.conclusion, *self.notes) if part)


def ideas(report: Report, code: str) -> Ideas:
    """The five ideas of the headline reading of an indicator, for the province."""
    row = report.indicator(code)
    return Ideas(
        name=say("ct.ten", ten=row["name_vi"], muc=row["target_text_vi"]),
        reading=_reading(row),
        result=_result(report, row),
        conclusion=_conclusion(report, row),
        notes=tuple(_notes(report, row)),
    )


def target_words(row: Row) -> str:
    """The target as the conclusion says it: ``khoảng 10%``, ``không dưới 20%``, ``100%``."""
    printed = numbers.target_percent(row["target_value"])
    if row["target_kind"] == "about":
        return f"khoảng {printed}"
    return f"không dưới {printed}" if "không dưới" in str(row["target_text_vi"]) else printed


def _reading(row: Row) -> str:
    words = row["reading_text_vi"]
    if not row["parameter_code"]:
        return say("ct.cach_hieu.ngan", mo_ta_cach_hieu=words)
    decided = "chưa có quyết định" not in str(row["parameter_source_vi"])
    source = {"ma": row["parameter_code"], "ngay": numbers.day(row["parameter_valid_from"])}
    if decided:
        return say("ct.cach_hieu", mo_ta_cach_hieu=words, van_ban_quyet_dinh=row["parameter_source_vi"], **source)
    return say("ct.cach_hieu.chua_quyet_dinh", mo_ta_cach_hieu=words, **source)


def _result(report: Report, row: Row) -> str:
    if row["verdict"] == "not_due":
        return ""
    if not row["denominator"]:
        return say("ct.khong_phat_sinh", ten_mau_so=row["denominator_name_vi"])
    if row["indicator_code"] == "CT03" and _same_as_ct02(report, row):
        return say("ct.ket_qua.nhu", diem=LETTER_OF["CT02"])
    return say(
        "ct.ket_qua",
        tu_so=numbers.in_sentence(row["numerator"]),
        mau_so=numbers.in_sentence(row["denominator"]),
        don_vi=row["counted_unit_vi"],
        gia_tri=_printed(row),
    )


LETTER_OF = dict(zip(("CT01", "CT02", "CT03", "CT04", "CT05", "CT06", "CT07"), "abcdđeg", strict=True))


def _same_as_ct02(report: Report, row: Row) -> bool:
    first = [r for r in report.indicators if r["indicator_code"] == "CT02"]
    return bool(first) and all(first[0][name] == row[name] for name in ("numerator", "denominator"))


def _conclusion(report: Report, row: Row) -> str:
    verdict = row["verdict"]
    if verdict == "no_target":
        key = "ct.khong_muc" if row["indicator_code"] == "CT06" else "ct.khong_chi_tieu"
        return say(key, **({} if key == "ct.khong_muc" else {"nam": report.year}))
    if verdict == "not_due":
        return _not_due(row)
    if verdict == "not_computable":
        return "" if not row["denominator"] else _undecided(row)
    if verdict == "approximately_met":
        return _about(report, row)
    if row["target_kind"] == "by_date" and row["denominator"] == 1:
        return say("ct.dat.han" if verdict == "met" else "ct.chua_dat.han")
    return say("ct.dat", muc=target_words(row)) if verdict == "met" else _missed(row)


def _not_due(row: Row) -> str:
    reason = row["not_due_reason_vi"] or say("ly_do.chung")
    if row["first_due_year"]:
        return say("ct.chua_den_han", ly_do=reason, nam_dau=row["first_due_year"])
    return say("ct.chua_den_han.ngan", ly_do=reason)


def _missed(row: Row) -> str:
    below = Fraction(row["target_value"]) - numbers.share(row["numerator"], row["denominator"])
    places = numbers.decimals_for(row["numerator"], row["denominator"], row["target_value"])
    facts = {"muc": target_words(row), "x": numbers.points(below, places), "don_vi": row["counted_unit_vi"]}
    facts["k"] = numbers.in_sentence(row["shortfall"])
    if row["counted_unit_vi"] == _AGENCY:  # a roster does not grow: no "with the same number of …"
        return say("ct.chua_dat.co_quan", **facts)
    return say("ct.chua_dat", ten_mau_so=row["denominator_name_vi"], **facts)


def _about(report: Report, row: Row) -> str:
    tolerance = next(p for p in report.parameters if p["parameter"] == "ct02_tolerance_points")
    return say(
        "ct.khoang",
        muc=numbers.target_percent(row["target_value"]),
        d=str(tolerance["value"]).replace(".", ","),
        van_ban=tolerance["deciding_document"],
    )


def _undecided(row: Row) -> str:
    return say(
        "ct.chua_du_can_cu", k=numbers.in_sentence(row["agencies_missing"]), muc=target_words(row), **_range(row)
    )


def _range(row: Row) -> dict[str, str]:
    return {"thap": numbers.percent(row["lower_bound"]), "cao": numbers.percent(row["upper_bound"])}


def _notes(report: Report, row: Row) -> Iterator[str]:
    counted = bool(row["denominator"]) and row["verdict"] != "not_due"
    if counted and row["agencies_missing"] and row["verdict"] in _JUDGED and _bounds_differ(row):
        yield say("ct.thieu_khong_doi", k=numbers.in_sentence(row["agencies_missing"]), **_range(row))
    if row["observation_status"] == PROVISIONAL:
        yield say("ct.tam_tinh", chot=numbers.day(row["as_of"]))
    if counted and row["denominator"] < FEW:
        step = numbers.points(numbers.share(1, row["denominator"]))
        yield say("ct.so_nho", p=step, don_vi=row["counted_unit_vi"])
    if counted or row["indicator_code"] == "CT07":
        yield from _prior_year(report, row)
    yield from _other_readings(report, row)


def _bounds_differ(row: Row) -> bool:
    bounds = (row["lower_bound"], row["upper_bound"])
    return None not in bounds and bounds[0] != bounds[1]


def _prior_year(report: Report, row: Row) -> Iterator[str]:
    if not row["prior_denominator"]:
        return
    if row["indicator_code"] == "CT07":
        result = say("ket_luan.met" if row["prior_numerator"] else "ket_luan.not_met").lower()
        yield say("ct.ct07_nam_truoc", nam_truoc=row["prior_year"], ket_qua=result)
        return
    if row["series_break"]:
        yield say("ct.gian_doan", nam=report.year, nam_truoc=row["prior_year"], ly_do=row["series_break"])
        return
    if _same_as_ct02(report, row) and row["indicator_code"] == "CT03":
        return
    before = numbers.share(row["prior_numerator"], row["prior_denominator"])
    change = numbers.share(row["numerator"], row["denominator"]) - before
    facts: dict[str, Any] = {
        "nam_truoc": row["prior_year"],
        "tu0": numbers.in_sentence(row["prior_numerator"]),
        "mau0": numbers.in_sentence(row["prior_denominator"]),
        "gt0": numbers.percent(before),
    }
    if change:
        yield say("ct.so_nam_truoc", tang_giam="tăng" if change > 0 else "giảm", x=numbers.points(change), **facts)
    else:
        yield say("ct.so_nam_truoc.bang", **facts)


def _other_readings(report: Report, row: Row) -> Iterator[str]:
    """Readings that lead to another conclusion, and the followed ones that some indicators always show."""
    for other in report.readings_of(str(row["indicator_code"])):
        if other["is_headline"] or not other["denominator"] or other["denominator"] is HIDDEN:
            continue
        fraction = {"tu": numbers.in_sentence(other["numerator"]), "mau": numbers.in_sentence(other["denominator"])}
        if other["reading"].startswith("interim_"):
            yield say("ct.theo_doi_moc", k=f"0{other['reading'][-1]}", **fraction)
        elif row["indicator_code"] == "CT01" and other["reading"] == "to_date":
            yield say("ct.den_ngay", ngay=numbers.day(row["as_of"]), gt=_printed(other), **fraction)
        elif other["verdict"] in _JUDGED and other["verdict"] != row["verdict"]:
            yield say("ct.cach_hieu_khac", mo_ta_khac=other_words(row, other), gt=_printed(other), **fraction)


def _printed(row: Row) -> str:
    return numbers.share_printed(row["numerator"], row["denominator"], row["target_value"])
