"""What a file really is, before anything opens it."""

import io
import os
import zipfile
from pathlib import Path

import pytest

from expectations.findings import Outcome
from ingestion.workbook.preflight import inspect
from tests.builders import submission
from tests.hostile_files import bomb, encrypted, ole, package

NOT_WORKBOOKS = {
    "D001 html": (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "TEP-KHONG_PHAI_EXCEL", "HTML"),
    "D001 bare table": (b"\r\n <table><tr><td>1", "TEP-KHONG_PHAI_EXCEL", "HTML"),
    "D001 html with xml head": (b'<?xml version="1.0"?><html xmlns="x"></html>', "TEP-KHONG_PHAI_EXCEL", "HTML"),
    "D002 SpreadsheetML": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "TEP-DINH_DANG_CU",
        "SpreadsheetML",
    ),
    "D003 MHTML": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "TEP-KHONG_PHAI_EXCEL", "MHTML"),
    "D004 tab text": ("Họ tên\tSố\nA\t1\n".encode(), "TEP-KHONG_PHAI_EXCEL", "CSV"),
    "D020 UTF-16 text": ("<html>".encode("utf-16"), "TEP-KHONG_PHAI_EXCEL", "HTML"),
    "D021 csv": ("\ufeffHọ tên;Số\nA;1\n".encode(), "TEP-KHONG_PHAI_EXCEL", "CSV"),
    "D006 biff5": (ole("Book"), "TEP-DINH_DANG_CU", "Excel 5/95"),
    "D006 biff2": (b"\x09\x00\x04\x00\x02\x00\x10\x00", "TEP-DINH_DANG_CU", "Excel 2"),
    "D007 lock file": (b"\x0aNguoi dung" + b" " * 150, "TEP-KHONG_PHAI_EXCEL", "tệp tạm"),
    "D009 pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "TEP-BAN_QUET", "PDF"),
    "D011 word 97": (ole("WordDocument"), "TEP-KHONG_PHAI_EXCEL", ".doc"),
    "D012 photo": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "TEP-BAN_QUET", "JPG"),
    "D013 rar": (b"Rar!\x1a\x07\x00", "TEP-NEN", "RAR"),
    "D022 signature": (b"0\x82\x05\x10\x06\x09\x2a\x86", "TEP-KHONG_PHAI_EXCEL", ".p7m"),
    "F10 encrypted head": (ole("EncryptedPackage", "EncryptionInfo"), "TEP-MAT_KHAU", ""),
}


@pytest.mark.parametrize("case", NOT_WORKBOOKS)
def test_F08_content_decides_not_the_name(case: str, tmp_path: Path):
    content, rule, kind = NOT_WORKBOOKS[case]
    path = tmp_path / "báo cáo.xlsx"
    path.write_bytes(content)
    refusal = inspect(path)
    assert refusal is not None and refusal.rule == rule
    assert kind in refusal.facts.get("loai_that", "")


@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        (["word/document.xml", "[Content_Types].xml"], "TEP-KHONG_PHAI_EXCEL"),
        (["mimetype", "content.xml"], "TEP-KHONG_PHAI_EXCEL"),
        (["xl/workbook.bin", "[Content_Types].xml", "xl/vbaProject.bin"], "TEP-MACRO"),
        (["bieu 1.xlsx", "bieu 2.xlsx"], "TEP-NEN"),
        (["[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"], "TEP-MACRO"),
        (["[Content_Types].xml", "xl/workbook.xml", "xl/macrosheets/sheet1.xml"], "TEP-MACRO"),
        (["[Content_Types].xml", "xl/workbook.xml", "xl/embeddings/oleObject1.bin"], "TEP-DOI_TUONG_NHUNG"),
        (["[Content_Types].xml", "xl/workbook.xml", "xl/activeX/activeX1.xml"], "TEP-DOI_TUONG_NHUNG"),
        (["[Content_Types].xml", "xl/workbook.xml", "../../etc/passwd"], "TEP-HONG"),
        (["[Content_Types].xml", "xl/workbook.xml", "XL/workbook.xml"], "TEP-HONG"),
    ],
)
def test_D005_D011_D013_F11_F12_packages(parts: list[str], rule: str, tmp_path: Path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name in parts:
            target.writestr(name, "x")
    path = tmp_path / "a.xlsx"
    path.write_bytes(stream.getvalue())
    refusal = inspect(path)
    assert refusal is not None and refusal.rule == rule


def test_F03_empty_file(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    path.touch()
    assert inspect(path).rule == "TEP-RONG"


@pytest.mark.parametrize("share", [0.2, 0.6, 0.99])
def test_F01_D019_workbook_cut_off(share: float, tmp_path: Path):
    whole = submission("talents").workbook()
    path = tmp_path / "a.xlsx"
    path.write_bytes(whole[: int(len(whole) * share)])
    assert inspect(path).rule == "TEP-HONG"


def test_F10_D008_password(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(encrypted(submission("talents").workbook()))
    assert inspect(path).rule == "TEP-MAT_KHAU"


def test_F13_zip_bomb_is_refused_by_its_directory(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(bomb())
    assert path.stat().st_size < 500_000
    assert inspect(path).rule == "TEP-QUA_LON"


def test_F22_only_regular_files_are_opened(tmp_path: Path):
    (tmp_path / "link.xlsx").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    rules = {inspect(path).rule for path in tmp_path.iterdir()}
    assert rules == {"TEP-KHONG_PHAI_TEP"}
    assert inspect(tmp_path / "absent.xlsx").rule == "TEP-KHONG_MO_DUOC"


def test_an_honest_workbook_passes(tmp_path: Path):
    (tmp_path / "a.xls").write_bytes(package())
    assert inspect(submission("talents").save(tmp_path)) is None
    assert inspect(tmp_path / "a.xls") is None


@pytest.mark.parametrize(("program", "rule"), [(False, None), (True, "TEP-MACRO")])
def test_F11_D018_an_xlsm_is_read_unless_it_holds_a_program(program: bool, rule: str | None, checked):
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(submission("talents").workbook())) as source,
        zipfile.ZipFile(stream, "w") as target,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "[Content_Types].xml":
                plain = b"openxmlformats-officedocument.spreadsheetml.sheet.main"
                assert plain in content
                content = content.replace(plain, b"ms-excel.sheet.macroEnabled.main")
            target.writestr(entry, content)
        if program:
            target.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    verdict = checked(stream.getvalue(), "SNV.xlsm")
    blockers = [f.rule for f in verdict.findings if f.severity == "blocker"]
    assert blockers == ([rule] if rule else [])
    assert verdict.outcome is (Outcome.REJECTED if rule else Outcome.ACCEPTED)
