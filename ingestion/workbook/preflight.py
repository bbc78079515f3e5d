"""What a file really is, judged by its first bytes and its zip directory; nothing is unpacked or parsed here.

Lives here: regular file, size, package directory (limits, macros, foreign objects). Does not live here: signatures
(magic.py), anything that needs the content of a part (package.py, in the jail).
"""

from __future__ import annotations

import os
import stat
import zipfile
from pathlib import Path

from ingestion.workbook import limits, magic
from ingestion.workbook.formats import is_ods
from ingestion.workbook.part_names import open_zip
from ingestion.workbook.refusal import UNSOUND_ZIP, Refusal, RefusedError

_OTHER_PACKAGES = (
    ("word/", magic.NOT_EXCEL, "văn bản Word (.docx)"),
    ("ppt/", magic.NOT_EXCEL, "trình chiếu PowerPoint (.pptx)"),
)


def inspect(path: Path) -> Refusal | None:
    """Why `path` must not be handed to a reader, or None. Opens it without following links; unpacks nothing."""
    try:
        _inspect(path)
    except RefusedError as refused:
        return refused.refusal
    except OSError as error:
        return Refusal("TEP-KHONG_MO_DUOC", {"loi": error.strerror or type(error).__name__})
    return None


def _inspect(path: Path) -> None:
    if not stat.S_ISREG(path.lstat().st_mode):
        raise RefusedError("TEP-KHONG_PHAI_TEP")
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as stream:
        size = os.fstat(descriptor).st_size
        if size == 0:
            raise RefusedError("TEP-RONG")
        if size > limits.FILE_BYTES:
            raise _too_big(size, limits.FILE_BYTES)
        head = stream.read(4096)
        if head.startswith(b"PK"):
            _inspect_zip(path, size, head)
            return
        if head.startswith(magic.OLE):
            found = magic.kind_of_ole(head + stream.read())
        else:
            found = magic.kind_of_bytes(head, size)
        if found is not None:
            raise RefusedError(found[0], loai_that=found[1])


def _inspect_zip(path: Path, size: int, head: bytes) -> None:
    try:
        with open_zip(path) as package:
            entries = package.infolist()
    except UNSOUND_ZIP as error:
        raise RefusedError("TEP-HONG", kich_thuoc=str(size)) from error
    names = {entry.filename.lower() for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise RefusedError("TEP-MAT_KHAU")
    if not is_ods(names):
        _refuse_other_packages(names)
    elif b"opendocument.spreadsheet" not in head[:128]:
        raise RefusedError(magic.NOT_EXCEL, loai_that="văn bản OpenDocument, không phải bảng tính (.odt, .odp)")
    if len(names) != len(entries) or any(_escapes(name) for name in names):
        raise RefusedError("TEP-HONG", kich_thuoc=str(size))
    _refuse_bombs(entries)
    _refuse_programs(names)


def _escapes(name: str) -> bool:
    return name.startswith("/") or ".." in name.split("/")


def _refuse_other_packages(names: set[str]) -> None:
    for marker, rule, kind in _OTHER_PACKAGES:
        if any(name.startswith(marker) for name in names):
            raise RefusedError(rule, loai_that=kind)
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise RefusedError(magic.ARCHIVE, loai_that="tệp nén ZIP")


def _refuse_bombs(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.PARTS:
        raise RefusedError("TEP-QUA_LON", so=f"{len(entries)} phần", han=f"{limits.PARTS} phần")
    if unpacked > limits.UNPACKED_BYTES:
        raise _too_big(unpacked, limits.UNPACKED_BYTES)
    for entry in entries:
        if entry.file_size > limits.RATIO_FROM_BYTES and entry.file_size > limits.RATIO * max(entry.compress_size, 1):
            raise _too_big(entry.file_size, limits.RATIO_FROM_BYTES)


def _refuse_programs(names: set[str]) -> None:
    if any(name.startswith("xl/macrosheets/") or "vbaproject" in name for name in names):
        raise RefusedError("TEP-MACRO")
    if any(name.startswith(("xl/embeddings/", "xl/activex/")) for name in names):
        raise RefusedError("TEP-DOI_TUONG_NHUNG")


def _too_big(size: int, limit: int) -> RefusedError:
    return RefusedError("TEP-QUA_LON", so=f"{size // 2**20} MB", han=f"{limit // 2**20} MB")
