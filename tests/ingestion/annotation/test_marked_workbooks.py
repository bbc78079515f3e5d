"""The sender's own workbook comes back with every finding at its cell, and nothing else in it has changed."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.table import Table

from expectations.home import Home
from ingestion.annotation.insertion import attribute_in, insert_in
from ingestion.annotation.notes import AUTHOR
from ingestion.check import FileVerdict, check
from ingestion.workbook.refusal import RefusedError
from tests.builders import Submission, submission

RESULT = "Kết quả kiểm tra"
ALLOWED = ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")


@pytest.fixture
def marked(tmp_path: Path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "sample.json").write_text("{}")

    def marked(content: Submission | bytes, name: str = "SNV.xlsx") -> FileVerdict:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.workbook())
        return check([path], Home(tmp_path / "home"), tmp_path / "out")[0]

    return marked


def spoilt() -> Submission:
    return (
        submission("talents", "departures")
        .with_values("talents", started_on="cuối năm 2023", degree="Th.s")
        .with_value("departures", "exit_reason", "bỏ đi")
    )


def notes(path: Path, sheet: str) -> dict[str, str]:
    found = openpyxl.load_workbook(path)[sheet]
    return {cell.coordinate: cell.comment.text for row in found.iter_rows() for cell in row if cell.comment}


def parts(content: bytes | Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content) if isinstance(content, bytes) else content) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_every_finding_with_a_cell_hangs_at_it(marked):
    verdict = marked(spoilt())
    for finding in verdict.findings:
        if finding.cell:
            assert finding.rule in notes(verdict.annotated, finding.sheet)[finding.cell]
    assert "Phải sửa" in notes(verdict.annotated, "B03")["AF6"]


def table(path: Path) -> list[tuple[int, dict[str, object]]]:
    """(row, {header: value}) of every finding on the result sheet."""
    sheet = openpyxl.load_workbook(path)[RESULT]
    rows = list(sheet.iter_rows(values_only=True))
    top = next(i for i, row in enumerate(rows) if row[0] == "STT")
    return [(i + 1, dict(zip(rows[top], row, strict=True))) for i, row in enumerate(rows) if i > top and row[9]]


def test_the_result_sheet_has_a_line_for_every_finding_and_leads_to_its_cell(marked):
    verdict = marked(spoilt())
    sheet = openpyxl.load_workbook(verdict.annotated)[RESULT]
    lines = table(verdict.annotated)
    assert [line["Mã quy tắc"] for _, line in lines] == [finding.rule for finding in verdict.findings]
    first = next(row for row, line in lines if line["Ô"] == "AF6")
    assert sheet.cell(first, 4).hyperlink.location == "'B03'!AF6"


def test_K5_all_problems_stand_on_one_sheet_grouped_the_gravest_first_with_cell_value_and_repair(marked):
    verdict = marked(spoilt())
    sheet = openpyxl.load_workbook(verdict.annotated)[RESULT]
    assert sheet["A1"].value == "KẾT QUẢ KIỂM TRA"
    counts = {s: sum(f.severity == s for f in verdict.findings) for s in ("error", "query", "note")}
    assert sheet["A2"].value.startswith(f"Còn: {counts['error']} chỗ phải sửa; {counts['query']} nội dung đề nghị")
    titles = [row[0] for row in sheet.iter_rows(values_only=True) if str(row[0] or "").endswith(")") and not row[9]]
    assert titles == [f"Phải sửa ({counts['error']})", f"Đề nghị sửa hoặc giải trình ({counts['query']})"] + (
        [f"Lưu ý ({counts['note']})"] if counts["note"] else []
    )
    line = next(line for _, line in table(verdict.annotated) if line["Ô"] == "AF6")
    assert line["Đã nhập"] == "cuối năm 2023" and line["Cách sửa"] and line["Cần"]


def answered(path: Path, rule: str, words: str) -> bytes:
    """The marked workbook with an answer written beside the first finding of a rule."""
    book = openpyxl.load_workbook(path)
    row = next(row for row, line in table(path) if line["Mã quy tắc"] == rule)
    book[RESULT].cell(row, 11).value = words
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_F37_an_answer_written_in_the_workbook_is_kept_when_it_is_marked_again(marked):
    once = marked(spoilt())
    words = "Theo Công văn số 12/SNV-CC ngày 05/3/2025 của Sở Nội vụ"
    again = marked(answered(once.annotated, "B03-DEGREE-CODE", words), "lan2.xlsx")
    assert [line["Giải trình"] for _, line in table(again.annotated) if line["Mã quy tắc"] == "B03-DEGREE-CODE"] == [
        words
    ]
    assert "1 nội dung đã giải trình" in openpyxl.load_workbook(again.annotated)[RESULT]["A2"].value


def test_an_answer_without_a_reason_is_told_so_and_the_query_stays_open(marked):
    once = marked(spoilt())
    again = marked(answered(once.annotated, "B03-DEGREE-CODE", "đúng"), "lan2.xlsx")
    assert [(f.rule, f.sheet, f.cell) for f in again.findings if "GIAI_TRINH" in f.rule] == [
        ("GIAI_TRINH-CHUA_RO", "B03", "Q6")
    ]
    assert "đã giải trình" not in openpyxl.load_workbook(again.annotated)[RESULT]["A2"].value


def test_all_other_parts_keep_their_bytes(marked):
    before = spoilt().workbook()
    verdict = marked(before)
    old, new = parts(before), parts(verdict.annotated)
    changed = {name for name in old if old[name] != new[name]}
    sheets = {name for name in changed if name.startswith("xl/worksheets/sheet")}
    told = {finding.sheet for finding in verdict.findings if finding.cell}
    assert changed - sheets <= set(ALLOWED) and len(sheets) == len(told) >= 2
    for name in sheets:
        start = new[name].index(b"<legacyDrawing")
        end = new[name].index(b"/>", start) + 2
        assert new[name][:start] + new[name][end:] == old[name]


def test_marking_again_changes_nothing(marked):
    once = marked(spoilt())
    again = marked(once.annotated.read_bytes(), "lan2.xlsx")
    assert [f.rule for f in again.findings] == [f.rule for f in once.findings]
    assert parts(again.annotated) == parts(once.annotated)


def test_notes_of_the_last_check_go_when_the_cell_was_corrected(marked):
    once = marked(spoilt())
    book = openpyxl.load_workbook(once.annotated)
    book["B03"]["AF6"] = "13/03/2025"
    stream = io.BytesIO()
    book.save(stream)
    again = marked(stream.getvalue(), "lan2.xlsx")
    assert "AF6" not in notes(again.annotated, "B03") and "Q6" in notes(again.annotated, "B03")


def test_the_senders_own_notes_stay(marked):
    def note(workbook):
        workbook["B03"]["AF6"].comment = Comment("chị Hoa xác nhận", "An")
        workbook["B03"]["B6"].comment = Comment("viết hoa", "An")

    verdict = marked(spoilt().edited(note))
    found = notes(verdict.annotated, "B03")
    assert (found["AF6"], found["B6"]) == ("chị Hoa xác nhận", "viết hoa")
    assert "B03-DEGREE-CODE" in found["Q6"]


def test_the_note_goes_where_the_schema_wants_it(marked):
    verdict = marked(spoilt().edited(lambda book: book["B03"].add_table(Table(displayName="T", ref="A4:AG6"))))
    sheet = next(
        c for n, c in parts(verdict.annotated).items() if n.startswith("xl/worksheets/sheet") and b"tablePart" in c
    )
    assert sheet.index(b"<legacyDrawing") < sheet.index(b"<tableParts")


@pytest.mark.parametrize("content", [b"<table><tr><td>1</td></tr></table>", b"PK\x03\x04 cut"])
def test_a_file_that_cannot_be_opened_gets_a_result_workbook(content: bytes, marked):
    verdict = marked(content)
    assert verdict.annotated.name == "SNV.ket-qua.xlsx"
    sheet = openpyxl.load_workbook(verdict.annotated).active
    assert sheet["J4"].value == verdict.findings[0].rule
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_no_file_is_written_for_a_file_without_findings(marked):
    verdict = marked(submission("talents").cover(figures_as_of="30/11/2025", document_date="30/11/2025"))
    assert [f.rule for f in verdict.findings] == [] and verdict.annotated is None


def test_insertion_keeps_prefixes_and_refuses_what_it_cannot_place():
    part = b'<x:worksheet xmlns:x="u"><x:sheetData/><x:tableParts/></x:worksheet>'
    done = insert_in(part, "worksheet", "<{p}legacyDrawing/>", ("tableParts",))
    assert done == b'<x:worksheet xmlns:x="u"><x:sheetData/><x:legacyDrawing/><x:tableParts/></x:worksheet>'
    assert attribute_in(b'<a><b r:id="x1" xmlns:r="u"/></a>', "b", "id") == "x1"
    assert insert_in(b'<x:R a="1" />', "R", "<{p}b/>") == b'<x:R a="1"><x:b/></x:R>'
    ours = insert_in(b"<w><mc:AlternateContent/></w>", "w", "<{p}legacyDrawing/>", ("AlternateContent",))
    assert ours == b"<w><legacyDrawing/><mc:AlternateContent/></w>"
    for broken in (b"<a/>", b"<worksheet", "<worksheet></worksheet>".encode("utf-16")):
        with pytest.raises(RefusedError):
            insert_in(broken, "worksheet", "<b/>")


def test_the_author_of_the_notes_is_named(marked):
    verdict = marked(spoilt())
    comments = [content for name, content in parts(verdict.annotated).items() if name.startswith("xl/comments")]
    assert comments and all(AUTHOR.encode() in content for content in comments)
