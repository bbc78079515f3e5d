"""The page prints the figures of the report models and no others: tables, cards, charts; withheld ones nowhere."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from reporting import page
from reporting.disclosure import HIDDEN
from reporting.public import publishable
from reporting.tables import registry
from reporting.tables.model import SECTION
from reporting.totals import with_totals
from reporting.warehouse import AS_REPORTED, Report, read_report
from tests.reporting import report_tables
from tests.reporting.page.conftest import APPROVED
from tests.reporting.page.parsed import Parsed, parse


def test_every_printed_table_stands_on_the_page_cell_by_cell(report: Report, parsed: Parsed):
    for annex in registry.all_annexes(report):
        for table in annex.tables:
            grid = table.grid()
            body = [cells for row, cells in zip(table.rows, grid, strict=True) if row.kind != SECTION]
            shown = [i for i in range(len(table.columns)) if any(cells[i] for cells in body)]
            expected = [
                [next(filter(None, cells))] if row.kind == SECTION else [" ".join(cells[i].split()) for i in shown]
                for row, cells in zip(table.rows, grid, strict=True)
            ]
            assert parsed.tables[f"bang-{table.key}"] == expected, table.key


def test_the_cards_say_the_five_ideas_with_the_figures_worked_by_hand(parsed: Parsed):
    cards = {e.attributes["id"]: e.text for e in parsed.all("li") if e.attributes.get("class", "").startswith("card")}
    assert list(cards) == [f"CT0{i}" for i in range(1, 8)]
    assert "87,1%" in cards["CT01"] and "27/31 cơ quan" in cards["CT01"]  # 27/31 = 87.096…
    assert "9,0% (t)" in cards["CT02"] and "28/312 người" in cards["CT02"]  # 28/312 = 8.974…, provisional
    assert "38,1%" in cards["CT05"] and "24/63 người" in cards["CT05"]  # 24/63 = 38.095…
    assert "77,4%" in cards["CT06"]  # 24/31 = 77.419…
    for code, verdict in (
        ("CT01", "Chưa đạt"),
        ("CT02", "Chưa đạt"),
        ("CT04", "Chưa đến hạn đánh giá"),
        ("CT05", "Đạt"),
    ):
        assert verdict in cards[code]
    for idea in ("Cách hiểu", "Kết quả", "Kết luận", "Lưu ý"):
        assert idea in cards["CT02"]
    assert "khoảng 10%" in cards["CT02"] and "chưa có quyết định" in cards["CT02"]
    assert "0/0" not in cards["CT04"] and "%" not in cards["CT04"].split("Cách hiểu")[0].replace("100%", "")


def test_readings_with_another_verdict_are_told(parsed: Parsed):
    assert [row[2:] for row in parsed.tables["bang-differing"]] == [
        ["lấy kỳ số liệu là kỳ báo cáo theo Kế hoạch", "33/318 (10,4%)", "Đạt"],
        ["tính cả hợp đồng lao động", "36/330 (10,9%)", "Đạt"],
        ["chỉ tính khóa từ 40 giờ trở lên", "16/63 (25,4%)", "Chưa đạt"],
    ]


def test_withheld_cells_never_appear(report: Report, parsed: Parsed, tmp_path: Path):
    bare = with_totals(read_report(report_tables.write(tmp_path / "bare.duckdb")))
    keys = ("recruits", "civil_servants", "public_employees", "by_exam", "by_selection", "by_reception", "first_time")
    withheld = 0
    for structure, table in ((AS_REPORTED, "bang-as_reported"), ("2025-12-31", "bang-year_end")):
        rows = [r for r in report.recruitment_by_agency if r["structure_on"] == structure]
        printed = parsed.tables[table]
        before = [r for r in bare.recruitment_by_agency if r["structure_on"] == structure]
        for row, true, cells in zip(rows, before, printed, strict=True):
            for position, key in enumerate(keys, start=2):
                if row[key] is HIDDEN:
                    withheld += 1
                    assert cells[position] == "c", (row["agency_code"], key)
                elif true[key]:
                    assert cells[position] == str(true[key])
    assert withheld > 20
    assert any(0 < (r["recruits"] or 0) < 3 for r in bare.recruitment_by_agency)


def test_charts_draw_no_withheld_bar(report: Report, parsed: Parsed):
    hidden = [r for r in report.talents_in_service if r["criterion"] == "sector" and r["closing"] is HIDDEN]
    assert hidden
    words = next(e.text for e in parsed.all("desc") if "Khoa học và công nghệ" in e.text)
    for row in hidden:
        assert f"{row['category_label_vi']}: c" in words


def test_internal_reconciliation_is_nowhere(html_file: Path):
    assert "Một người nhận việc sau ngày chốt" not in html_file.read_text(encoding="utf-8")


def test_who_did_not_report_is_named(report: Report, parsed: Parsed):
    silent = [r["agency_name_vi"] for r in report.submissions if r["first_accepted_on"] is None]
    paragraphs = [e.text for e in parsed.all("p")]
    assert len(silent) == 2
    assert any(all(name in text for name in silent) for text in paragraphs)


def test_edition_and_approval_are_told_with_instants_of_vietnam(parsed: Parsed):
    said = dict(zip([e.text for e in parsed.all("dt")], [e.text for e in parsed.all("dd")], strict=True))
    assert said["Lần phát hành"] == "số 2"
    assert said["Cập nhật theo số liệu nhận đến"] == "09:00 ngày 10/12/2025"
    assert said["Phê duyệt"] == "Nguyễn Mẫu Một, 16:30 ngày 10/12/2025"


def test_a_draft_is_marked_and_an_edition_is_not(html_file: Path, draft_file: Path):
    draft = draft_file.read_text(encoding="utf-8")
    assert draft.count("BẢN DỰ THẢO") == 2 and "chưa phê duyệt" in draft
    assert "BẢN DỰ THẢO" not in html_file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "=cmd|' /C calc'!A0"])
def test_what_agencies_wrote_is_text_never_markup(tmp_path: Path, name: str):
    plans = [{**row, "plan_number": name} for row in report_tables.process()["plans"]]
    report = publishable(report_tables.write(tmp_path / "w.duckdb", plans=plans))
    page.write(report, tmp_path / "index.html", APPROVED)
    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "<script" not in text and "<img" not in text
    assert (
        escape(name, quote=False) in text or escape(name).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in text
    )
    assert parse(text).tables["bang-plans"][0][2] == " ".join(name.split())
