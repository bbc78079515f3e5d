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


def test_the_result_sheet_has_a_line_for_every_finding_and_leads_to_its_cell(marked):
    verdict = marked(spoilt())
    sheet = openpyxl.load_workbook(verdict.annotated)[RESULT]
    lines = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [line[9] for line in lines] == [finding.rule for finding in verdict.findings]
    first = next(i for i, finding in enumerate(verdict.findings) if finding.cell == "AF6")
    assert sheet.cell(first + 2, 4).hyperlink.location == "'B03'!AF6"


def test_all_other_parts_keep_their_bytes(marked):
    before = spoilt().workbook()
    verdict = marked(before)
    old, new = parts(before), parts(verdict.annotated)
    changed = {name for name in old if old[name] != new[name]}
    sheets = {name for name in changed if name.startswith("xl/worksheets/sheet")}
    assert changed - sheets <= set(ALLOWED) and len(sheets) == 3  # cover, B03, B04
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
    for broken in (b"<a/>", b"<worksheet/>", "<worksheet></worksheet>".encode("utf-16")):
        with pytest.raises(RefusedError):
            insert_in(broken, "worksheet", "<b/>")


def test_the_author_of_the_notes_is_named(marked):
    verdict = marked(spoilt())
    comments = [content for name, content in parts(verdict.annotated).items() if name.startswith("xl/comments")]
    assert comments and all(AUTHOR.encode() in content for content in comments)
