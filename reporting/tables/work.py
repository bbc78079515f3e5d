"""Annexes VI to VIII and XIV to XVI: task groups, duties, budgets, documents, petitions, own plans and targets.

Counts of outputs, amounts and documents; no person stands here.
"""

from __future__ import annotations

from reporting import numbers
from reporting.tables import model
from reporting.tables.model import SECTION, TOTAL, Cell, Row, Table
from reporting.warehouse import Report
from reporting.warehouse import Row as ModelRow
from reporting.wording import say

PLAN_STATES = {
    "on_time": "Đúng hạn",
    "late": "Sau hạn",
    "unknown_day": "Có số, chưa rõ ngày",
    "by_successor": "Cơ quan kế thừa đã ban hành",
    "not_submitted": "Chưa có số liệu",
    "none": "Chưa ban hành",
}

_STATES = (("settled", "đã giải quyết"), ("answered", "đã trả lời"))


def tasks(report: Report) -> Table:
    """Annex VI: the outputs of each task group; what agencies were not asked for is ``x``."""
    rows, task = [], None
    for row in report.tasks:
        if row["task_code"] != task:
            rows.append(Row({"task": model.text(f"{row['task_code']}. {row['task_name_vi']}")}, SECTION))
        task = row["task_code"]
        rows.append(Row(_output(row)))
    return model.table("VI", "tasks", rows, nam=report.year)


def duties(report: Report) -> Table:
    """Annex VII: who holds each duty on the day of the deadline and since when, and how it stands."""
    rows = []
    for row in report.duties:
        rows.append(
            Row({
                "task": model.text(f"{row['task_code']}. {row['task_name_vi']}"),
                "owner": model.text(_owner(row)),
                "status": model.text(duty_status(row)),
                "condition": model.text(row["condition_document"] or numbers.NOTHING),
                "result": model.text(row["evidence"] or numbers.NOTHING),
            })
        )  # fmt: skip
    return model.table("VII", "duties", rows, nam=report.year)


def duty_status(row: ModelRow) -> str:
    """The state of a duty in words; ``...`` where nothing was reported."""
    return say(f"trang_thai.{row['status']}") if row["status"] else numbers.NOT_COLLECTED


def budgets(report: Report) -> Table:
    """Annex VIII: planned, allocated, spent and estimated, in triệu đồng with one decimal."""
    rows = []
    for row in report.budgets:
        total = row["purpose_label_vi"] is None
        cells = {
            "purpose": model.text("Tổng số" if total else row["purpose_label_vi"]),
            "source": model.text(row["source_label_vi"]),
        }
        cells |= {name: model.exact(row[name], 1) for name in ("planned", "allocated", "spent", "estimated")}
        known = row["spent_share"] is not None
        cells["spent_share"] = model.exact(row["spent_share"], 1, "0") if known else model.symbol(numbers.NOTHING)
        rows.append(Row(cells, TOTAL if total else model.BODY))
    return model.table("VIII", "budgets", rows, nam=report.year)


def documents(report: Report) -> Table:
    """Annex XIV: the documents that were issued in the year."""
    rows = [
        Row({
            "number": model.text(row["document_number"]),
            "issued_on": model.day(row["issued_on"], numbers.NOTHING),
            "issuer": model.text(row["issuer_name_vi"]),
            "title": model.text(f"{row['kind_label_vi']}: {row['title']}"),
            "task": model.text(row["task_code"] or numbers.NOTHING),
        })
        for row in report.documents
    ]  # fmt: skip
    return model.table("XIV", "documents", model.numbered(rows), nam=report.year)


def proposals(report: Report) -> Table:
    """Annex XV: what is asked for, by whom, who can decide it and how much of it was answered."""
    rows = [
        Row({
            "topic": model.text(row["topic_label_vi"]),
            "agencies": model.text(_few(row["agencies_vi"])),
            "addressee": model.text(row["addressee_label_vi"]),
            "state": model.text(proposal_state(row)),
        })
        for row in report.proposals
    ]  # fmt: skip
    return model.table("XV", "proposals", model.numbered(rows), nam=report.year)


def proposal_state(row: ModelRow) -> str:
    """How many of the petitions of a row were made, answered, settled, in words."""
    parts = [f"{numbers.in_sentence(row['proposals'])} kiến nghị"]
    parts += [f"{numbers.in_sentence(row[name])} {word}" for name, word in _STATES if row[name]]
    return ", ".join(parts)


def plans(report: Report) -> Table:
    """Annex XVI, first part: the plan of every body of the roster of 31/03/2024."""
    rows = [
        Row({
            "agency": model.text(row["agency_name_vi"]),
            "plan_number": model.text(row["plan_number"] or numbers.NOTHING),
            "issued_on": model.day(row["issued_on"], numbers.NOTHING),
            "state": model.text(PLAN_STATES.get(str(row["state"]), str(row["state"]))),
            "successor": model.text(_few(row["successor_name_vi"])),
        })
        for row in report.plans
    ]  # fmt: skip
    return model.table("XVI", "plans", model.numbered(rows), nam=report.year)


def own_targets(report: Report) -> Table:
    """Annex XVI, second part: targets that agencies set themselves, and how they stand."""
    rows = [Row(_own_target(row)) for row in report.own_targets]
    return model.table("XVI", "own_targets", model.numbered(rows), nam=report.year)


def _few(names: str | None, most: int = 3) -> str:
    """A list of names that a cell can hold; a district has up to ten successors."""
    parts = str(names or "").split("; ")
    if len(parts) <= most:
        return "; ".join(parts)
    return "; ".join(parts[: most - 1]) + f"; và {numbers.in_sentence(len(parts) - most + 1)} cơ quan khác"


def _output(row: ModelRow) -> dict[str, Cell]:
    asked = bool(row["agencies_owed"]) or bool(row["agencies_reporting"])
    absent = model.symbol(numbers.NOT_APPLICABLE)
    reporting = f"{numbers.written(row['agencies_reporting'])}/{numbers.written(row['agencies_owed'])}"
    return {
        "output": model.text(row["output_label_vi"]),
        "unit": model.text(row["unit_vi"]),
        "planned": model.count(row["planned"]) if asked else absent,
        "actual": model.count(row["actual"]) if asked else absent,
        "agencies": model.text(reporting) if asked else absent,
        "evidence": model.symbol(numbers.NOT_COLLECTED) if asked else absent,
    }


def _owner(row: ModelRow) -> str:
    if row["owner_since"] is None:
        return str(row["owner_name_vi"])
    before = f"; trước đó: {row['previous_owner_name_vi']}" if row["previous_owner_name_vi"] else ""
    return f"{row['owner_name_vi']}, từ {numbers.day_in_table(row['owner_since'])}{before}"


def _own_target(row: ModelRow) -> dict[str, Cell]:
    sector = f" ({row['sector']})" if row.get("sector") else ""
    lapsed = row["achieved_value"] is None
    return {
        "agency": model.text(row["agency_name_vi"]),
        "target": model.text(f"{row['target_label_vi']}{sector}"),
        "unit": model.text(row["unit"]),
        "target_value": model.exact(row["target_value"], 1, "0"),
        "achieved_value": model.symbol(numbers.NOTHING) if lapsed else model.exact(row["achieved_value"], 1, "0"),
        "state": model.text(row["state_vi"]),
    }
