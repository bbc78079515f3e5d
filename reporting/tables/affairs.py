"""Annex IX: nominations, commendations, violations, communications, talents abroad and networks of experts.

The rows come from a `Report` that disclosure control has been through. Below each table stands who answered the form it
rests on: a ``-`` is what those said, never what nobody said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reporting import numbers
from reporting.disclosure import HIDDEN
from reporting.tables import model
from reporting.tables.model import BODY, SECTION, TOTAL, Cell, Row, Table
from reporting.totals import ALL
from reporting.warehouse import Report
from reporting.warehouse import Row as ModelRow
from reporting.wording import say


def nominations(report: Report) -> Table:
    """IX.a: by who nominated, with what became of it."""
    rows = [_counted(row, "nomination_source", "proposed", "accepted", "refused", "pending")
            for row in report.nominations]  # fmt: skip
    return _noted(report, model.table("IX", "nominations", rows, nam=report.year), "B08")


def commendations(report: Report) -> Table:
    """IX.b: by kind of commendation, collectives and persons."""
    rows = [_labelled(row, "commendation_kind", {name: model.count(row[name]) for name in ("collectives", "persons")})
            for row in report.commendations]  # fmt: skip
    return _noted(report, model.table("IX", "commendations", rows, nam=report.year), "B09")


def violations(report: Report) -> Table:
    """IX.c: by behaviour, reports received and dealt with."""
    rows = [_counted(row, "behaviour_code", "received", "handled") for row in report.violations]
    return _noted(report, model.table("IX", "violations", rows, nam=report.year), "B09b")


def communications(report: Report) -> Table:
    """IX.d: by channel, news items, columns and model cases."""
    counts = ("news_items", "columns_count", "model_cases")
    rows = [_labelled(row, "channel", {name: model.count(row[name]) for name in counts})
            for row in report.communications]  # fmt: skip
    return _noted(report, model.table("IX", "communications", rows, nam=report.year), "B11")


def networks(report: Report) -> Table:
    """IX.đ: talents abroad by country and by field, each pool by field; every criterion has a total of its own."""
    rows, criterion = [], None
    for row in report.talent_networks:
        if row["criterion"] != criterion:
            rows.append(Row({"label": model.text(row["criterion_label_vi"])}, SECTION))
        criterion = row["criterion"]
        rows.append(_counted({**row, "label_vi": row["category_label_vi"]}, "category_code", "people", "contacted"))
    return _noted(report, model.table("IX", "talent_networks", rows, nam=report.year), "B10", "B15")


def _counted(row: ModelRow, key: str, margin: str, *parts: str) -> Row:
    """A row of a margin and its parts: where there is somebody, no part of them is a result (0), not an absence (-)."""
    zero = "0" if row[margin] is HIDDEN or row[margin] else numbers.NOTHING
    counts = {margin: model.count(row[margin])} | {name: model.count(row[name], zero) for name in parts}
    return _labelled(row, key, counts)


def _labelled(row: ModelRow, key: str, counts: dict[str, Cell]) -> Row:
    return Row({"label": model.text(row["label_vi"]), **counts}, TOTAL if row[key] == ALL else BODY)


def _noted(report: Report, table: Table, *forms: str) -> Table:
    return replace(table, notes=(*table.notes, *_answers(report, forms)))


def _answers(report: Report, forms: tuple[str, ...]) -> Iterator[str]:
    for row in report.forms:
        if row["form"] in forms:
            facts = {"bieu": row["form"], "co": numbers.in_sentence(row["agencies_filled"])}
            facts["khong"] = numbers.in_sentence(row["agencies_nil"])
            if row["agencies_silent"]:
                yield say("pl.bieu.thieu", chua=numbers.in_sentence(row["agencies_silent"]), **facts)
            else:
                yield say("pl.bieu", **facts)
