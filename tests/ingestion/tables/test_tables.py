"""Small tables with known faults: where they lie, what they mean, what does not add up; and what nobody can tell."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from expectations.errors import OperatorError
from ingestion.tables.anatomy import Kind
from ingestion.tables.known import KnownTable, confirmed_of, tables_of
from ingestion.tables.propose import Found, TableProposal, propose_table
from ingestion.workbook.parsed import Cell, ParsedSheet, ParsedWorkbook

KNOWN = KnownTable.model_validate(
    {
        "table": "thu_chi",
        "abbreviations": {"ns": "ngân sách"},
        "fields": {
            "commune": {"label": True, "required": True, "words": ["tên xã"]},
            "income": {"required": True, "words": ["tổng thu ngân sách"]},
            "total": {"required": True, "words": ["bổ sung > tổng số"]},
            "balancing": {"words": ["bổ sung > cân đối"]},
            "targeted": {"words": ["bổ sung > có mục tiêu"]},
        },
    }
)
ROWS = """
Phụ lục 1 | | | | |
 | | | | Đơn vị: triệu đồng |
STT | Tên xã | Tổng thu NS | Bổ sung từ ngân sách tỉnh | |
 | | | Tổng số | Cân đối | Có mục tiêu
A | B | 1 | 2=3+4 | 3 | 4
 | Tổng số | 6000 | 1500 | 900 | 600
I | Vùng cao | 3000 | 900 | 500 | 400
1 | Xã Một | 1000 | 500 | 300 | 200
2 | Xã Hai | 2000 | 400 | 200 | 200
II | Vùng thấp | 3000 | 600 | 400 | 200
3 | Xã Ba | 1000 | 350 | 250 | 100
4 | Xã Bốn | 2000 | 250 | 150 | 100
 | | | | |
Ghi chú: số tạm tính | | | | |
"""


def sheet(
    text: str = ROWS, *, down: int = 0, right: int = 0, merged: tuple[str, ...] = (), **changed: str
) -> ParsedSheet:
    """The table as a sheet, moved; `C6="…"` writes another cell (before it is moved)."""
    rows: dict[int, dict[int, Cell]] = {}
    for row, line in enumerate(text.strip("\n").splitlines(), 1):
        for column, written in enumerate(line.split("|")):
            word = changed.get(f"{'ABCDEFGH'[column]}{row}", written).strip()
            kind = "n" if word.isdigit() else "e" if word.startswith("#") else "s"
            if word:
                rows.setdefault(row + down, {})[column + right] = Cell(kind, word)
    spans = []
    for one in merged:
        left, top, last, bottom = openpyxl.utils.range_boundaries(one)
        spans.append((top + down, left - 1 + right, bottom + down, last - 1 + right))
    return ParsedSheet("Biểu 1", "visible", rows, tuple(spans))


def proposed(*sheets: ParsedSheet, known: KnownTable = KNOWN) -> TableProposal:
    return propose_table(ParsedWorkbook("thu_chi.xlsx", "0" * 64, "", sheets or (sheet(),)), [known], lambda _: None)


def the(proposal: TableProposal) -> Found:
    assert proposal.found is not None
    return proposal.found


def told(proposal: TableProposal) -> list[tuple[str, str | None, str | None, str]]:
    return [(f.rule, f.cell, f.value, f.expected) for f in proposal.findings]


def test_a_table_that_adds_up_is_found_with_nothing_to_say():
    proposal = proposed()
    found = the(proposal)
    assert (proposal.unsure, proposal.findings) == ((), ())
    assert (found.table.head, found.table.numbering) == ((3, 4), 5)
    kinds = [(line.first, line.kind) for line in found.table.lines]
    assert [row for row, kind in kinds if kind is Kind.TOTAL] == [6]
    assert [row for row, kind in kinds if kind is Kind.GROUP] == [7, 10]
    assert [row for row, kind in kinds if kind is Kind.DATA] == [8, 9, 11, 12]
    assert found.fields.columns == {"commune": 1, "income": 2, "total": 3, "balancing": 4, "targeted": 5}
    assert [(r["commune"], int(r["income"] or 0)) for r in found.records()][-1] == ("Xã Bốn", 2000)


@pytest.mark.parametrize("merged", [(), ("D3:F3",), ("A3:A4", "B3:B4", "C3:C4", "D3:F3"), ("A1:F1", "D3:F3")])
@pytest.mark.parametrize(("down", "right"), [(0, 0), (3, 0), (0, 2), (40, 5)])
def test_M21_moved_rows_and_columns_and_merges_change_nothing(merged: tuple[str, ...], down: int, right: int):
    proposal = proposed(sheet(merged=merged, down=down, right=right))
    found = the(proposal)
    assert (proposal.unsure, proposal.findings, found.table.head) == ((), (), (3 + down, 4 + down))
    assert found.fields.columns == {n: c + right for n, c in the(proposed()).fields.columns.items()}


def test_M21_a_column_put_in_between_moves_the_others_and_is_shown():
    people = ["", "", "Dân số", "", "C", "100", "50", "20", "30", "50", "25", "25", "", ""]
    lines = [line.split("|") for line in ROWS.strip("\n").splitlines()]
    found = the(proposed(sheet("\n".join("|".join([*c[:2], n, *c[2:]]) for c, n in zip(lines, people, strict=True)))))
    assert found.fields.columns["income"] == 3 and found.fields.columns["targeted"] == 6
    assert found.headings[2] == ("Dân số",)


@pytest.mark.parametrize(
    ("cell", "written", "wanted"),
    [
        ("C6", "6100", [("BANG-TONG", "C6", "6.100", "6.000")]),
        ("C6", "6002", []),  # five terms, half a unit each: rounding explains 2.5
        ("C6", "6003", [("BANG-TONG", "C6", "6.003", "6.000")]),
        ("C7", "2900", [("BANG-NHOM", "C7", "2.900", "3.000")]),
        ("C6", "#REF!", [("BANG-LOI_O", "C6", "#REF!", "một số")]),
        ("C6", "(1) 6.000.000", [("BANG-TONG", "C6", "6.000.000", "6.000"),
                                 ("BANG-SO_CHU", "C6", "(1) 6.000.000", "một ô số")]),
        ("A12", "5", [("BANG-STT", "A12", "5", "số thứ tự 4")]),
        ("D8", "900", [("BANG-CONG_THUC", "D8", "900", "500"), ("BANG-TONG", "D6", "1.500", "1.900"),
                       ("BANG-NHOM", "D7", "900", "1.300")]),
        ("D14", "77", [("BANG-DUOI", "D14", None, "không có số ngoài bảng")]),
    ],
)  # fmt: skip
def test_D201_what_does_not_add_up_is_told_at_its_cell_and_not_repaired(cell: str, written: str, wanted: list):
    text = ROWS.replace("Ghi chú: số tạm tính | | | | |", " | | | | |") if cell == "D14" else ROWS
    proposal = proposed(sheet(text, **{cell: written}))
    assert sorted(told(proposal)) == sorted(wanted)
    for finding in proposal.findings:
        assert finding.file == "thu_chi.xlsx" and finding.sheet == "Biểu 1" and finding.message and finding.fix


def test_a_total_in_two_merged_rows_is_one_line_with_the_cell_of_its_number():
    """The footnote mark stands above the number, as in the ministry's plan of 2008."""
    text = ROWS.replace(" | Tổng số | 6000 | 1500", " | Tổng số | (1) | 1500").replace(
        "I | Vùng cao", " | | 6100 | | |\nI | Vùng cao", 1
    )
    proposal = proposed(sheet(text, merged=("B6:B7", "D6:D7", "E6:E7", "F6:F7")))
    assert told(proposal) == [("BANG-TONG", "C7", "6.100", "6.000")]


def test_hidden_rows_are_read_and_told_hidden_columns_are_not_read():
    found = proposed(replace(sheet(), hidden_rows=frozenset({9}), hidden_columns=frozenset({5})))
    assert told(found) == [("BANG-AN", "B9", None, "bảng không có dòng ẩn")]
    assert "targeted" not in the(found).fields.columns and len(list(the(found).records())) == 4


@pytest.mark.parametrize(
    ("cell", "written", "doubt"),
    [
        ("C3", "Dân số", "income: the table cannot do without"),
        ("C3", "Tổng thu sách", "income: perhaps C"),
        ("E4", "Tổng số", "each may be total; confirm one"),
        ("D8", "#N/A", "read as total, but its cells are no numbers"),
    ],
)
def test_what_nobody_can_tell_is_a_doubt_and_not_a_guess(cell: str, written: str, doubt: str):
    proposal = proposed(sheet(**{cell: written}))
    assert any(doubt in one for one in proposal.unsure), proposal.unsure
    assert proposal.draft.startswith("# unsure: ")


def test_two_sheets_with_the_same_table_are_a_doubt_and_a_workbook_without_one_says_so():
    assert proposed(sheet(), replace(sheet(), name="Biểu 2")).unsure == (
        'sheet: thu_chi on "Biểu 1" or thu_chi on "Biểu 2"; confirm one',
    )
    nothing = proposed(ParsedSheet("Bìa", "visible", {1: {0: Cell("s", "Báo cáo")}}))
    assert nothing.found is None and nothing.unsure == ("no known table on any sheet (Bìa)",)


def home(tmp_path: Path, answers: str = "") -> Path:
    tables = tmp_path / "home" / "reference" / "tables"
    tables.mkdir(parents=True)
    (tmp_path / "home" / "sample.json").write_text("{}")
    (tables / "thu_chi.yml").write_text(json.dumps(KNOWN.model_dump(mode="json"), ensure_ascii=False))
    if answers:
        (tables / "thu_chi.confirmed.yml").write_text(answers)
    return tmp_path / "home"


def saved(tmp_path: Path, table: ParsedSheet, name: str = "bang 2025.xlsx") -> Path:
    book = openpyxl.Workbook()
    book.active.title = table.name
    for row, cells in table.rows.items():
        for column, cell in cells.items():
            book.active.cell(row, column + 1, int(cell.text) if cell.kind == "n" else cell.text)
    book.save(tmp_path / name)
    return tmp_path / name


def propose(file: Path, home: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "orchestration.cli", "layout", "propose", str(file), "--home", str(home), *more]
    return subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, text=True)


def test_layout_propose_drafts_a_table_and_lists_its_findings(tmp_path: Path):
    file = saved(tmp_path, sheet(C6="6100"))
    run = propose(file, home(tmp_path), "--json")
    told = json.loads(run.stdout)
    assert run.returncode == 0 and told["columns"]["total"] == "Bổ sung từ ngân sách tỉnh / Tổng số"
    assert (told["unsure"], told["ignored"]) == ([], ["STT"]) and "sheet: Biểu 1" in told["layout"]
    assert [(f["rule"], f["cell"], f["file"]) for f in told["findings"]] == [("BANG-TONG", "C6", "bang 2025.xlsx")]


def test_layout_propose_exits_1_with_a_doubt_and_in_words(tmp_path: Path):
    file = saved(tmp_path, sheet(C3="Dân số"))
    run = propose(file, home(tmp_path))
    assert run.returncode == 1 and "# unsure: income" in run.stdout


def test_more_than_three_answers_about_a_file_are_refused(tmp_path: Path):
    four = "[{file: a, sha256: x, by: b, sheet: S, columns: {A: income, B: total}, absent: [targeted]}]"
    with pytest.raises(OperatorError, match="at most 3"):
        confirmed_of(home(tmp_path, four) / "reference", "thu_chi", "x")
    assert [one.table for one in tables_of(tmp_path / "home" / "reference")] == ["thu_chi"]
