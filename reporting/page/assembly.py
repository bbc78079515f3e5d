"""Put the page together: header, cards, sections of charts and tables, what lies beside it; all of it in one file.

Lives here: the facts of the edition as they are said, and the file. Does not live here: what a section holds
(``sections``), what a card says (``cards``), how it looks (`templates/`).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from reporting import numbers
from reporting.narrative import steering
from reporting.page import shell
from reporting.page.cards import cards
from reporting.page.sections import lead, sections
from reporting.publication.facts import EditionFacts
from reporting.tables import registry
from reporting.warehouse import Report

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def write_page(report: Report, path: Path, facts: EditionFacts) -> None:
    """Write `index.html`."""
    annexes = registry.all_annexes(report)
    shown = sections(report, annexes)
    text = shell.render(
        "index.html",
        title=steering.title(report),
        place=steering.PLACE,
        year=report.year,
        provisional=bool(report.header["is_provisional"]),
        lead=lead(report),
        cards=cards(report),
        sections=shown,
        absent=[annex for annex in annexes if annex.absent],
        edition=edition_words(facts, report),
        is_draft=facts.is_draft,
        files=beside(),
    )
    path.write_text(text, encoding="utf-8", newline="\n")


def edition_words(facts: EditionFacts, report: Report) -> list[tuple[str, str]]:
    """What is known of the edition, as (term, words): number, days, approval, build, versions."""
    head = report.header
    return [
        ("Lần phát hành", "chưa phát hành (bản dự thảo)" if facts.is_draft else f"số {facts.number}"),
        ("Số liệu tính đến", numbers.day_in_table(steering.counted_to(report))),
        ("Cập nhật theo số liệu nhận đến", instant(facts.known_at)),
        ("Phê duyệt", "chưa phê duyệt" if facts.is_draft else f"{facts.approved_by}, {instant(facts.approved_at)}"),
        ("Trạng thái số liệu", "số tạm tính" if head["is_provisional"] else "số cả năm"),
        ("Bản dựng", facts.build_id),
        ("Phiên bản quy tắc, mã nguồn", f"{facts.rule_version}, {facts.code_version[:12]}"),
    ]


def instant(iso: str | None) -> str:
    """``09:15 ngày 10/12/2025``, on the clock of Vietnam; what is no instant stays as it is."""
    try:
        moment = datetime.fromisoformat(str(iso))
    except ValueError:
        return str(iso)
    local = moment.astimezone(_ZONE) if moment.tzinfo else moment
    return f"{local:%H:%M} ngày {numbers.day_in_table(local.date())}"


def beside() -> list[dict[str, Any]]:
    """The other public files of the edition that the page points to, all in the same folder."""
    return [
        {"path": "bao-cao.docx", "words": "Báo cáo (bản văn, Word)"},
        {"path": "phu-luc.xlsx", "words": "Phụ lục (Excel)"},
        {
            "path": "datapackage.json",
            "words": "Dữ liệu mở: mô tả gói dữ liệu; các bảng CSV, Parquet trong thư mục data",
        },
        {"path": "data-dictionary.html", "words": "Từ điển dữ liệu"},
    ]
