"""Annexes I and XII: the indicators with bounds, target and verdict; every reading; definitions and parameters.

Does not live here: the sentences about an indicator (``narrative``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reporting import numbers
from reporting.disclosure import HIDDEN
from reporting.tables import model
from reporting.tables.model import Cell, Row, Table
from reporting.warehouse import Report
from reporting.warehouse import Row as ModelRow
from reporting.wording import knows, say

PROVISIONAL = "provisional"


def verdict_text(row: ModelRow) -> str:
    """The verdict as tables and sentences say it; an uncomputable one by its cause."""
    verdict = str(row["verdict"])
    if verdict == "not_computable" and row["denominator"] is not HIDDEN and row["denominator"]:
        return say("ket_luan.not_computable.thieu")
    return say(f"ket_luan.{verdict}")


def indicators(report: Report) -> Table:
    """Annex I: one row an indicator, the headline reading, the province."""
    rows = [Row(_indicator(row)) for row in report.indicators]
    return model.table("I", "indicators", model.numbered(rows), nam=report.year)


def readings(report: Report, code: str | None = None) -> Table:
    """Every reading of all indicators, the headline first; or those of one indicator that have anything to show."""
    chosen = [row for row in report.readings if code in (None, row["indicator_code"])]
    if code is not None:
        chosen = [row for row in chosen if row["is_headline"] or row["denominator"]]
    rows = [_reading(report.indicator(row["indicator_code"]), row) for row in chosen]
    return model.table("I", "readings", rows, nam=report.year)


def other_words(headline: ModelRow, row: ModelRow) -> str:
    """What a reading says; the headline's in another period is told by its period."""
    if row["reading"] != headline["reading"] or row["period_code"] == headline["period_code"]:
        return str(row["reading_text_vi"])
    return say("ct.ky_khac", ky=say(f"gia_tri.{row['period_code']}"))


def definitions(report: Report) -> Table:
    """Annex XII, first part: what each indicator of the report counts, in the words of the indicator files."""
    from expectations.indicators.load import load

    files = [load(str(row["indicator_code"])) for row in report.indicators]
    rows = [
        Row({
            "code": model.text(file.code), "name": model.text(file.name.vi),
            "definition": model.text(file.definition.vi), "numerator": model.text(file.numerator.vi),
            "denominator": model.text(file.denominator.vi),
        })
        for file in files
    ]  # fmt: skip
    return model.table("XII", "definitions", rows)


def parameters(report: Report) -> Table:
    """Annex XII, second part: the decisions in force, who took them, and what another decision would give."""
    rows = []
    for row in report.parameters:
        rows.append(
            Row({
                "parameter": model.text(f"{row['label_vi']} ({row['parameter']})"),
                "value": model.text(_listed(row["value"]) or numbers.NOTHING),
                "others": model.text(_listed(row["other_values"]) or numbers.NOTHING),
                "results": model.text("; ".join(_other_results(report, str(row["parameter"]))) or numbers.NOTHING),
                "source": model.text(_source(row)),
            })
        )  # fmt: skip
    return model.table("XII", "parameters", rows)


def _indicator(row: ModelRow) -> dict[str, Cell]:
    due = row["verdict"] != "not_due"
    waiting = model.symbol(numbers.NOT_DUE)
    return {
        "name": model.text(row["name_vi"]),
        "reading": model.text(row["reading_text_vi"]),
        "period": model.text(_period(row)),
        "numerator": model.count(row["numerator"], "0" if row["denominator"] else numbers.NOTHING) if due else waiting,
        "denominator": model.count(row["denominator"]),
        "value": _value(row) if due else waiting,
        "lower": _bound(row, "lower_bound") if due else waiting,
        "upper": _bound(row, "upper_bound") if due else waiting,
        "target": _target(row),
        "verdict": model.text(verdict_text(row)),
        "shortfall": _shortfall(row),
        "prior": model.share(row["prior_numerator"] or 0, row["prior_denominator"] or 0),
        "note": model.text("; ".join(_notes(row))),
    }


def _reading(headline: ModelRow, row: ModelRow) -> Row:
    due = row["verdict"] != "not_due"
    waiting = model.symbol(numbers.NOT_DUE)
    zero = "0" if row["denominator"] else numbers.NOTHING
    cells = {
        "indicator": model.text(row["indicator_code"]),
        "reading": model.text(other_words(headline, row)),
        "period": model.text(say(f"ky.{row['period_code']}")),
        "numerator": model.count(row["numerator"], zero) if due else waiting,
        "denominator": model.count(row["denominator"]),
        "value": model.share(row["numerator"], row["denominator"], row["target_value"]) if due else waiting,
        "target": _target(row),
        "verdict": model.text(verdict_text(row)),
        "note": model.text(row["reason_vi"] if row["reading"] != headline["reading"] or row["is_headline"] else ""),
    }
    return Row(cells, model.TOTAL if row["is_headline"] else model.BODY)


def _value(row: ModelRow) -> Cell:
    mark = numbers.PROVISIONAL if row["observation_status"] == PROVISIONAL else ""
    return model.share(row["numerator"], row["denominator"], row["target_value"], mark)


def _bound(row: ModelRow, name: str) -> Cell:
    if row[name] is None:
        return model.symbol(numbers.NOTHING)
    return Cell(numbers.rounded(row[name], 1), 1)


def _target(row: ModelRow) -> Cell:
    if row["target_value"] is None or row["verdict"] == "no_target":
        return model.symbol(numbers.NOT_APPLICABLE)
    return Cell(numbers.rounded(row["target_value"], 0))


def _shortfall(row: ModelRow) -> Cell:
    if row["verdict"] not in ("met", "approximately_met", "not_met"):
        return model.symbol(numbers.NOT_DUE if row["verdict"] == "not_due" else numbers.NOT_APPLICABLE)
    return model.count(row["shortfall"], "0")


def _period(row: ModelRow) -> str:
    if row["period_from"] is None or row["period_to"] is None:
        return str(row["period_code"])
    first, last = numbers.day_in_table(row["period_from"]), numbers.day_in_table(row["period_to"])
    return f"{first[:5] if first[6:] == last[6:] else first}–{last}"


def _notes(row: ModelRow) -> list[str]:
    notes = []
    if row["observation_status"] == PROVISIONAL:
        notes.append(f"số tạm tính đến {numbers.day_in_table(row['as_of'])}")
    if row["agencies_missing"]:
        notes.append(f"còn {numbers.in_sentence(row['agencies_missing'])} cơ quan chưa gửi số liệu")
    if row["series_break"]:
        notes.append("không so sánh trực tiếp với năm trước")
    return notes


def _other_results(report: Report, parameter: str) -> Iterable[str]:
    for row in report.readings:
        if row["parameter_code"] == parameter and not row["is_headline"] and row["denominator"]:
            words = other_words(report.indicator(row["indicator_code"]), row)
            yield f"{row['indicator_code']}, {words}: {fraction(row)}"


def fraction(row: ModelRow) -> str:
    """``28/312 (9,0%)``, ``c`` where the reading is withheld."""
    if row["numerator"] is HIDDEN:
        return numbers.WITHHELD
    printed = numbers.share_printed(row["numerator"], row["denominator"], row["target_value"])
    return f"{numbers.written(row['numerator'])}/{numbers.written(row['denominator'])} ({printed})"


def _listed(value: Any) -> str:
    """A parameter's value in words: the labels of its codes, else what is written there."""
    parts = [part.strip() for part in str(value or "").split(";") if part.strip()]
    return "; ".join(say(f"gia_tri.{part}") if knows(f"gia_tri.{part}") else part for part in parts)


def _source(row: ModelRow) -> str:
    decided = [str(part) for part in (row["deciding_document"], row["decided_by"]) if part]
    since = f"áp dụng từ {numbers.day_in_table(row['valid_from'])}" if row["valid_from"] else ""
    return "; ".join(part for part in (", ".join(decided) or "chưa có quyết định", since) if part)
