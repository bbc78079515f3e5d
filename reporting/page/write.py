"""Put the page together: cards of the indicators, charts, the text, the annexes, the downloads.

Does not live here: what a card's figures are (``tables``), how the page looks (`index.html.j2`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reporting import numbers
from reporting.narrative.indicator import ideas
from reporting.narrative.report import report_text
from reporting.narrative.steering import PLACE, closed_on, title
from reporting.page.charts import all_charts
from reporting.page.markup import block_markup, table_markup
from reporting.publication.facts import EditionFacts
from reporting.tables.indicators import verdict_text
from reporting.tables.model import Annex
from reporting.tables.registry import all_annexes
from reporting.warehouse import Report, Row

_TEMPLATE = Path(__file__).with_name("index.html.j2")
_NOTES_SHOWN = 2


def write_page(report: Report, path: Path, facts: EditionFacts, downloads: Sequence[tuple[str, str]]) -> None:
    """Write `index.html` from a report that may be published; ``downloads`` are (file stem, label) in `data/`."""
    import jinja2

    template = jinja2.Template(_TEMPLATE.read_text(encoding="utf-8"), autoescape=True, trim_blocks=True)
    page = template.render(
        title=title(report),
        place=PLACE,
        state=_state(report, facts),
        is_draft=facts.is_draft,
        cards=[_card(report, row) for row in report.indicators],
        charts=all_charts(report),
        blocks=[block_markup(block) for block in report_text(report)],
        annexes=[_annex(annex) for annex in all_annexes(report)],
        downloads=downloads,
        provenance=_provenance(facts),
    )
    path.write_text(page, encoding="utf-8", newline="\n")


def _card(report: Report, row: Row) -> dict[str, Any]:
    counted = row["denominator"] and row["verdict"] != "not_due"
    said = ideas(report, str(row["indicator_code"]))
    return {
        "name": row["name_vi"],
        "verdict": row["verdict"],
        "value": numbers.share_printed(row["numerator"], row["denominator"], row["target_value"]) if counted else "–",
        "fraction": _fraction(row) if counted else "",
        "target": row["target_text_vi"],
        "said": verdict_text(row),
        "notes": said.notes[:_NOTES_SHOWN],
    }


def _fraction(row: Row) -> str:
    unit = row["counted_unit_vi"]
    return f"({numbers.written(row['numerator'])}/{numbers.written(row['denominator'])} {unit})"


def _annex(annex: Annex) -> dict[str, Any]:
    tables = [table_markup(table, table.title or annex.title) for table in annex.tables]
    return {"number": annex.number, "title": annex.title, "absent": annex.absent, "tables": tables}


def _state(report: Report, facts: EditionFacts) -> str:
    edition = "Dự thảo" if facts.is_draft else f"Lần phát hành {facts.number}"
    provisional = "; số tạm tính" if report.header["is_provisional"] else ""
    return f"{edition}. Số liệu tính đến ngày {numbers.day(closed_on(report))}{provisional}."


def _provenance(facts: EditionFacts) -> str:
    approved = f"; phê duyệt: {facts.approved_by}, {facts.approved_at}" if facts.approved_by else ""
    return (
        f"Bản dựng {facts.build_id}; số liệu đã biết đến {facts.known_at}; quy tắc {facts.rule_version}; "
        f"chương trình {facts.code_version}{approved}."
    )
