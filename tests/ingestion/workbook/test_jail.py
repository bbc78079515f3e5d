"""A file that kills, fills or stalls its reader costs one worker; the parent and the other files go on."""

import hashlib
import io
import time
from pathlib import Path

import openpyxl
import pytest

from ingestion.workbook import jail as jail_module
from ingestion.workbook import limits
from ingestion.workbook.jail import Jail, Job
from ingestion.workbook.parsed import ParsedWorkbook
from ingestion.workbook.refusal import Refusal
from tests.builders import submission
from tests.hostile_files import external_entity, inline, laughs, package, phantom, rels, sheet, styled, wrong_dimension
from tests.xlsb_files import xlsb


def job(folder: Path, content: bytes, name: str = "a.xlsx") -> Job:
    path = folder / name
    path.write_bytes(content)
    return Job(path, hashlib.sha256(content).hexdigest(), name)


def rule_of(jail: Jail, folder: Path, content: bytes) -> str:
    found = jail.parse(job(folder, content))
    return found.rule if isinstance(found, Refusal) else "read"


def test_F14_phantom_cell_is_refused_before_the_reader_allocates(jail: Jail, tmp_path: Path):
    found = jail.parse(job(tmp_path, phantom()))
    assert isinstance(found, Refusal)
    assert (found.rule, found.facts["o"]) == ("TEP-O_XA", "XFD1048576")


def test_F15_D036_formatted_empty_rows_are_read(jail: Jail, tmp_path: Path):
    found = jail.parse(job(tmp_path, styled()))
    assert isinstance(found, ParsedWorkbook)
    assert {row: cells[0].text for row, cells in found.sheets[0].rows.items()} == {1: "Họ và tên"}


def test_F16_wrong_dimension_hides_no_row(jail: Jail, tmp_path: Path):
    found = jail.parse(job(tmp_path, wrong_dimension()))
    assert isinstance(found, ParsedWorkbook)
    assert sorted(found.sheets[0].rows) == list(range(1, 102))


@pytest.mark.parametrize("content", [laughs(), external_entity("/etc/hostname")], ids=["laughs", "xxe"])
def test_F17_document_types_are_refused(content: bytes, jail: Jail, tmp_path: Path):
    assert rule_of(jail, tmp_path, content) == "TEP-DTD"


def test_F17_a_document_type_hides_in_no_other_part(jail: Jail, tmp_path: Path):
    comment = "<!--" + "x" * 70_000 + "-->"
    for part in ("xl/styles.xml", "docProps/app.xml", "xl/comments1.xml"):
        assert rule_of(jail, tmp_path, package(extra={part: "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"})) == "TEP-DTD"
    late = sheet(inline("A1", "&b;")).replace("<worksheet", comment + "<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet", 1)
    assert rule_of(jail, tmp_path, package(late)) == "TEP-DTD"


def test_F12_dde_is_refused_and_other_links_are_only_told(jail: Jail, tmp_path: Path):
    link = "xl/externalLinks/externalLink1.xml"
    dde = package(extra={link: "<externalLink><ddeLink/></externalLink>"})
    assert rule_of(jail, tmp_path, dde) == "TEP-LIEN_KET_DDE"
    told = jail.parse(job(tmp_path, package(extra={link: "<externalLink><externalBook/></externalLink>"})))
    assert isinstance(told, ParsedWorkbook) and told.external_links


def test_F11_a_macro_sheet_without_its_folder_is_still_a_macro(jail: Jail, tmp_path: Path):
    content = package(extra={"xl/_rels/workbook.xml.rels": rels(("xlMacrosheet", "worksheets/sheet1.xml"))})
    assert rule_of(jail, tmp_path, content) == "TEP-MACRO"


@pytest.mark.parametrize("row", [65_536, 1_048_576])
def test_F09_a_sheet_filled_to_the_limit_lost_rows(row: int, jail: Jail, tmp_path: Path):
    content = package(sheet(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>'))
    found = jail.parse(job(tmp_path, content))
    assert isinstance(found, Refusal) and (found.rule, found.facts["so_dong"]) == ("TEP-DAY", str(row))


@pytest.mark.parametrize("seed", range(40))
def test_F02_damaged_bytes_are_refused_or_read_as_they_were(seed: int, jail: Jail, tmp_path: Path):
    import random

    rng = random.Random(seed)
    whole = submission("talents", "departures").workbook()
    broken = bytearray(whole)
    for _ in range(rng.randint(1, 4)):
        broken[rng.randrange(len(broken))] ^= 1 << rng.randrange(8)
    true, found = jail.parse(job(tmp_path, whole)), jail.parse(job(tmp_path, bytes(broken)))
    assert isinstance(true, ParsedWorkbook)
    assert isinstance(found, Refusal) or found.sheets == true.sheets


def test_a_worker_that_dies_refuses_one_file(tmp_path: Path):
    bad, good = package(), submission("talents").workbook()
    with Jail(None, workers=1) as jail:
        worker = jail_module._Worker(limits.WORKER_BYTES, 30, 60.0)
        worker._process.kill()
        jail._idle.get()
        jail._idle.put(worker)
        dead = jail.parse(job(tmp_path, bad))
        assert isinstance(dead, Refusal) and dead.rule == "TEP-KHONG_DOC_DUOC"
        assert isinstance(jail.parse(job(tmp_path, good, "b.xlsx")), ParsedWorkbook)


def test_a_worker_without_memory_refuses_one_file(tmp_path: Path):
    large = package(sheet("".join(f'<row r="{r}">{inline(f"A{r}", "x" * 900)}</row>' for r in range(1, 40_000))))
    with Jail(None, workers=1, memory_bytes=64 * 1024 * 1024) as starved:
        found = starved.parse(job(tmp_path, large))
        assert isinstance(found, Refusal) and found.rule in ("TEP-QUA_LON", "TEP-KHONG_DOC_DUOC")
        assert isinstance(starved.parse(job(tmp_path, package(), "b.xlsx")), ParsedWorkbook)


def test_P17_a_worker_that_ends_with_its_answer_is_not_asked_again(tmp_path: Path):
    """It says so in the answer: for a moment the process still lives, and the next file would find it dying."""
    worker = jail_module._Worker(limits.WORKER_BYTES, 30, 60.0)
    try:
        answer = worker.ask({"path": str(tmp_path), "out": str(tmp_path / "out")})  # a folder: no reader expects that
        assert 1 << 20 < answer.pop("peak") < limits.WORKER_BYTES
        assert answer == {"rule": "TEP-KHONG_DOC_DUOC", "facts": {}, "last": True}
        assert not worker.is_fit
    finally:
        worker.close()


def test_a_worker_that_stalls_is_killed(tmp_path: Path):
    with Jail(None, workers=1, wall_seconds=0.001) as jail:
        begun = time.monotonic()
        found = jail.parse(job(tmp_path, styled(50_000)))
        assert isinstance(found, Refusal) and found.rule == "TEP-QUA_LAU"
        assert time.monotonic() - begun < 10


def test_a_parsed_file_is_not_opened_again(tmp_path: Path):
    one = job(tmp_path, submission("talents").workbook())
    with Jail(tmp_path / "parsed") as jail:
        first = jail.parse(one)
        one.path.unlink()
        assert jail.parse(one) == first
        kept = list((tmp_path / "parsed").iterdir())
        assert [path.name for path in kept] == [f"{one.sha256}-{limits.PARSER_VERSION}.json.gz"]
        assert kept[0].stat().st_mode & 0o077 == 0


def test_many_files_come_back_in_their_order(tmp_path: Path):
    books = [submission("talents").cover(document_number=f"{n}/BC").workbook() for n in range(6)]
    jobs = [job(tmp_path, content, f"{n}.xlsx") for n, content in enumerate(books)]
    with Jail(None, workers=2) as jail:
        assert [found.file for _, found in jail.parse_all(jobs) if isinstance(found, ParsedWorkbook)] == [
            f"{n}.xlsx" for n in range(6)
        ]


def test_C11_D176_the_1904_date_system_shifts_no_day(jail: Jail, tmp_path: Path):
    import datetime as dt

    def old_epoch(book):
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        book.epoch = CALENDAR_MAC_1904

    found = jail.parse(job(tmp_path, submission("talents").edited(old_epoch).workbook()))
    sheet_03 = next(s for s in found.sheets if s.name == "B03")
    assert dt.date(1990, 5, 6).isoformat() in {cell.text for cell in sheet_03.rows[6].values()}


@pytest.mark.parametrize("name", ["nhị phân.xlsx", "nhị phân.xls", "nhị phân.ods"])
def test_D005_a_name_decides_nothing(name: str, jail: Jail, tmp_path: Path):
    book = submission("talents").with_values("talents", position=name).workbook()  # own bytes: nothing is read twice
    path = tmp_path / name
    path.write_bytes(xlsb(openpyxl.load_workbook(io.BytesIO(book))))
    found = jail.parse(Job(path, hashlib.sha256(path.read_bytes()).hexdigest(), path.name))
    assert isinstance(found, ParsedWorkbook), found
    assert name in {cell.text for cell in next(s for s in found.sheets if s.name == "B03").rows[6].values()}
