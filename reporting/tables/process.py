"""Annexes X and XIII: who reported when and with what outcome, and what the checks found."""

from __future__ import annotations

from reporting import numbers
from reporting.tables import model
from reporting.tables.model import BODY, TOTAL, Cell, Row, Table
from reporting.totals import ALL
from reporting.warehouse import Report
from reporting.warehouse import Row as ModelRow

OUTCOMES = {
    "accepted": "Đã tiếp nhận",
    "accepted_with_queries": "Đã tiếp nhận, có nội dung giải trình",
    "partly_accepted": "Đã tiếp nhận một phần",
    "rejected": "Chưa tiếp nhận được",
}


def submissions(report: Report) -> Table:
    """Annex X: one row an agency that owed the report; who sent nothing is ``...`` with the reason it gave."""
    return model.table("X", "submissions", model.numbered(map(_submission, report.submissions)), nam=report.year)


def data_quality(report: Report) -> Table:
    """Annex XIII: rows looked at, errors, answers, rows that could not be used, by form."""
    names = ("rules", "rows_checked", "errors", "explained", "open_queries", "rows_rejected")
    rows = []
    for row in report.data_quality:
        total = row["rule_group"] == ALL
        cells = {"label": model.text("Tổng số" if total else row["label_vi"])}
        cells |= {name: model.count(row[name]) for name in names}
        cells |= {"repaired": model.symbol(numbers.NOT_COLLECTED), "waived": model.symbol(numbers.NOT_COLLECTED)}
        rows.append(Row(cells, TOTAL if total else BODY))
    return model.table("XIII", "data_quality", rows, nam=report.year)


def _submission(row: ModelRow) -> Row:
    silent = row["first_accepted_on"] is None
    cells: dict[str, Cell] = {
        "agency": model.text(row["agency_name_vi"]),
        "first_accepted_on": model.day(row["first_accepted_on"]),
        "is_on_time": model.text("C" if row["is_on_time"] else "K"),
        "times_sent": model.count(row["times_sent"]),
        "outcome": model.text(_outcome(row, silent)),
        "nil_forms": model.symbol(numbers.NOT_COLLECTED) if silent else model.text(row["nil_forms"] or numbers.NOTHING),
        "predecessors": model.text(row["predecessors_vi"]),
    }
    return Row(cells)


def _outcome(row: ModelRow, silent: bool) -> str:
    if not silent:
        return OUTCOMES.get(str(row["outcome"]), str(row["outcome"] or ""))
    said = "Chưa gửi báo cáo" if not row["times_sent"] else "Chưa có bản được tiếp nhận"
    return f"{said}: {row['explanation']}" if row["explanation"] else said
