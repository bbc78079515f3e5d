"""A form that Excel, WPS, Google … saved is read, judged and marked like the one we sent (decisions 98, 99)."""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from expectations.findings import Severity
from expectations.home import Home
from ingestion.annotation.notes import without_ours
from ingestion.check import FileVerdict, check
from ingestion.rehearsal.season import make_season
from ingestion.workbook.cells import read
from tests.excel_files import saved_again
from tests.fuzzed_packages import Parts, sheets_of, unzipped, zipped
from tests.office import convert
from tests.office_suites import PROGRAMS
from tests.taken_apart import SHEET_ORDER

RESULT = "xl/worksheets/ket_qua1.xml"
INSERTED = re.compile(rb"<(?:x:)?(?:legacyDrawing|Relationship|Override) [^>]*/>")
WORDS = "Theo Công văn số 12/SNV-CC ngày 05/3/2025 của Sở Nội vụ"
ALL = (*PROGRAMS, "libreoffice")
Marked = dict[str, tuple[bytes, FileVerdict]]
Checked = Callable[[dict[str, bytes]], Marked]


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("season")
    make_season(root, seed=7, agencies=6, years=[2025], faults="all")
    return root


@pytest.fixture(scope="module")
def checked(season: Path, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """Verdicts on many files at once, each under its own name."""

    def checked(files: dict[str, bytes]) -> Marked:
        folder = tmp_path_factory.mktemp("checked")
        paths = [folder / f"SGDDT {name}.xlsx" for name in files]
        for path, content in zip(paths, files.values(), strict=True):
            path.write_bytes(content)
        verdicts = check(paths, Home(season), folder / "out")
        return {name: (files[name], verdict) for name, verdict in zip(files, verdicts, strict=True)}

    return checked


@pytest.fixture(scope="module")
def marked(season: Path, checked: Checked, tmp_path_factory: pytest.TempPathFactory) -> Marked:
    """Program -> (what it saved, our verdict on it); "ours" is the form as it was sent: twenty findings."""
    path = season / "inbox/2025/SGDDT_2025.xlsx"
    form = path.read_bytes()
    office = convert([path], "xlsx", tmp_path_factory.mktemp("office"))[0].read_bytes()
    return checked({"ours": form, "libreoffice": office, **{name: program(form) for name, program in PROGRAMS.items()}})


@pytest.fixture(scope="module")
def told_again(marked: Marked, checked: Checked) -> Marked:
    """The same with one answer in the column "Giải trình", checked again."""
    return checked({name: answered(content_of(one[1].annotated), asked(one[1]), WORDS) for name, one in marked.items()})


def asked(verdict: FileVerdict) -> str:
    return next(found.rule for found in verdict.findings if found.severity is Severity.QUERY)


def content_of(path: Path | None) -> bytes:
    assert path is not None and path.name.endswith(".danh-dau.xlsx")
    return path.read_bytes()


def parsed(content: bytes, folder: Path) -> list[dict[str, object]]:
    path = folder / "doc.xlsx"
    path.write_bytes(content)
    return read(path)["sheets"]


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_same_content(program: str, marked: Marked, tmp_path: Path):
    assert marked[program][0] != marked["ours"][0]
    assert parsed(marked[program][0], tmp_path) == parsed(marked["ours"][0], tmp_path)


@pytest.mark.parametrize("program", ALL)
def test_the_same_findings(program: str, marked: Marked):
    ours, theirs = (marked[name][1].to_json() for name in ("ours", program))
    assert theirs["outcome"] == ours["outcome"] == "partly_accepted"
    assert theirs["findings"] == ours["findings"] and len(ours["findings"]) == 20


@pytest.mark.parametrize("program", ALL)
def test_the_answer_holds_all_that_came_byte_for_byte(program: str, marked: Marked, tmp_path: Path):
    before, verdict = marked[program]
    after = content_of(verdict.annotated)
    assert parsed(after, tmp_path)[:-1] == parsed(before, tmp_path)
    old, new = unzipped(before), unzipped(after)
    changed = {name for name in old if old[name] != new[name]}
    assert changed <= {"[Content_Types].xml", "xl/workbook.xml", *sheets_of(old), *related(old), *noted(old)}
    for name in changed - noted(old) - {"xl/workbook.xml"}:
        kept = INSERTED.sub(lambda one, known=old[name]: one[0] if one[0] in known else b"", new[name])
        assert kept == re.sub(rb' tabSelected="(?:1|true)"', b"", old[name]), name


def related(parts: Parts) -> set[str]:
    return {name for name in parts if name.endswith(".rels")}


def noted(parts: Parts) -> set[str]:
    """Where a sheet of the sender has notes already, ours are put beside them."""
    return {name for name in parts if "xl/comments" in name or name.endswith(".vml")}


@pytest.mark.parametrize("program", ALL)
def test_the_answer_is_a_sound_package(program: str, marked: Marked):
    """Excel opens nothing else: one id a relationship, every target and content type there, elements in their order."""
    parts = unzipped(content_of(marked[program][1].annotated))
    assert len({name.lower() for name in parts}) == len(parts)
    types = ET.fromstring(parts["[Content_Types].xml"])
    overrides = {one.get("PartName", "").lstrip("/") for one in types if one.tag.endswith("Override")}
    defaults = {one.get("Extension", "").lower() for one in types if one.tag.endswith("Default")}
    assert overrides <= parts.keys()
    for name in parts.keys() - overrides - {"[Content_Types].xml"}:
        assert name.rpartition(".")[2].lower() in defaults or name.startswith("[trash]"), name
    for name in related(parts):
        found = list(ET.fromstring(parts[name]))
        assert len({one.get("Id") for one in found}) == len(found)
        folder = posixpath.dirname(posixpath.dirname(name))
        for one in found:
            target = one.get("Target", "")
            assert posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") in parts, (name, target)
    for name in [*sheets_of(parts), RESULT]:
        order = [SHEET_ORDER.index(child.tag.rpartition("}")[2]) for child in ET.fromstring(parts[name])]
        assert order == sorted(order), name


@pytest.mark.parametrize("program", ALL)
def test_the_answer_speaks_one_language(program: str, marked: Marked):
    """ISO 29500-1 and -4 name the same things differently; a part in the other's names is no part of the workbook."""
    parts = unzipped(content_of(marked[program][1].annotated))
    spoken = {
        ET.fromstring(parts[name]).tag.partition("}")[0] for name in [*sheets_of(parts), RESULT, "xl/workbook.xml"]
    }
    spoken |= {ET.fromstring(parts[name]).tag.partition("}")[0] for name in parts if name.startswith("xl/comments")}
    assert len(spoken) == 1
    kinds = {one.get("Type", "").rpartition("/")[0] for one in ET.fromstring(parts["xl/_rels/workbook.xml.rels"])}
    assert len({kind for kind in kinds if "schemas.openxmlformats.org" in kind or "purl.oclc.org" in kind}) == 1


@pytest.mark.filterwarnings("ignore:.* extension is not supported")
@pytest.mark.parametrize("program", sorted({*ALL} - {"strict"}))
def test_every_finding_hangs_at_its_cell(program: str, marked: Marked):
    """openpyxl sees no sheet of a strict workbook: LibreOffice is asked below."""
    verdict = marked[program][1]
    book = openpyxl.load_workbook(verdict.annotated)
    notes = {place: book[place[0]][place[1]].comment for place in places(verdict)}
    assert len(notes) >= 10 and all(re.search(r"\[[A-Z0-9_-]+\]$", note.text) for note in notes.values())


def places(verdict: FileVerdict) -> set[tuple[str, str]]:
    return {(found.sheet, found.cell) for found in verdict.findings if found.sheet and found.cell}


def test_libreoffice_opens_every_answer_and_shows_the_notes(marked: Marked, tmp_path: Path):
    files = []
    for program in ALL:
        files.append(tmp_path / f"{program}.xlsx")
        files[-1].write_bytes(content_of(marked[program][1].annotated))
    folder = tmp_path / "opened"
    folder.mkdir()
    for program, opened in zip(ALL, convert(files, "xlsx", folder), strict=True):
        parts = unzipped(opened.read_bytes())
        comments = b"".join(parts[name] for name in parts if name.startswith("xl/comments"))
        cells = [cell.decode() for cell in re.findall(rb'<comment ref="([A-Z]+[0-9]+)"', comments)]
        assert {cell for _, cell in places(marked[program][1])} <= {*cells}, program
        names = re.findall(rb'<sheet name="([^"]*)"', parts["xl/workbook.xml"])
        active = re.search(rb'activeTab="(\d+)"', parts["xl/workbook.xml"])
        assert active and names[int(active[1])].decode() == "Kết quả kiểm tra", program


@pytest.mark.parametrize("program", ALL)
def test_F37_an_answer_in_it_is_read_back(program: str, marked: Marked, told_again: Marked):
    verdict, again = marked[program][1], told_again[program][1]
    result = unzipped(content_of(again.annotated))[RESULT].decode()
    assert WORDS in result and "1 nội dung đã giải trình" in result
    assert [found.rule for found in again.findings] == [found.rule for found in verdict.findings]


def answered(content: bytes, rule: str, words: str) -> bytes:
    """The answer with words in the last column of the first line of a rule."""
    parts = unzipped(content)
    rows = re.findall(rb'<row r="\d+"[^>]*>.*?</row>', parts[RESULT], re.S)
    row = next(one for one in rows if f">{rule}<".encode() in one)
    cell = re.search(rb'<c r="K(\d+)"( s="\d+")?/>', row)
    assert cell is not None
    put = b'<c r="K%s"%s t="inlineStr"><is><t>%s</t></is></c>' % (cell[1], cell[2] or b"", words.encode())
    parts[RESULT] = parts[RESULT].replace(row, row.replace(cell[0], put))
    return zipped(parts)


@pytest.mark.parametrize("program", ["excel", "libreoffice"])
def test_F37_our_answer_saved_by_another_takes_new_notes_for_the_old_ones(
    program: str, marked: Marked, checked: Checked, tmp_path: Path
):
    """LibreOffice 7 forgets who wrote a note; at a cell that was corrected it would stay for ever."""
    _, verdict = marked["ours"]
    assert verdict.annotated is not None
    office = program == "libreoffice"
    saved = (
        convert([verdict.annotated], "xlsx", tmp_path)[0].read_bytes()
        if office
        else saved_again(content_of(verdict.annotated))
    )
    again = checked({program: saved})[program][1]
    assert [found.rule for found in again.findings] == [found.rule for found in verdict.findings]
    new = unzipped(content_of(again.annotated))
    notes = [
        text
        for name in new
        if name.startswith("xl/comments")
        for text in re.findall(rb"<comment .*?</comment>", new[name], re.S)
    ]
    assert len(notes) == len(places(verdict))
    assert all(b'<rFont val="Times New Roman"/></rPr><t xml:space="preserve">' in note for note in notes)


@pytest.mark.parametrize(
    ("author", "words", "stays"),
    [
        ("", "Phải sửa: Trình độ.\nCần: mã.\nCách sửa: Chọn mã.\n[B03-DEGREE-CODE]", False),
        ("", "Phải sửa: Trình độ.\r\nCần: mã.&#10;[B03-DEGREE-CODE]\n", False),
        ("", "Phải sửa: Trình độ.\nCần: mã.\n[B03-DEGREE-CODE]\nđã hỏi lại", True),
        ("tc={463EC29B-9CE5-524A-8B08-C4942360C466}", "[Chuỗi]\nCần: mã.\n[B03-DEGREE-CODE]", True),
        ("An", "xem [B03-DEGREE-CODE]", True),
    ],
)
def test_whose_a_note_is(author: str, words: str, stays: bool):
    """The sender wrote on ours: it is theirs. Of a thread of Microsoft 365 the shadow must stay with its thread."""
    note = f'<comment ref="Q6" authorId="0"><text><t xml:space="preserve">{words}</t></text></comment>'
    authors = f"<authors><author>{author}</author></authors>"
    part = f"<comments>{authors}<commentList>{note}</commentList></comments>".encode()
    kept, theirs = without_ours(part)
    assert (kept == part, theirs) == (stays, {"Q6"} if stays else set())
