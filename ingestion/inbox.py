"""Which files lie in an inbox and may be taken: regular ones only, whole ones only, never by following a link.

Lives here: listing, the quiet period, what a file name is worth (data, shown escaped). No content is understood here.
Does not live here: copying bytes (landing.py) and what a name means (registers/layout.py).
"""

from __future__ import annotations

import os
import stat
import time
import unicodedata
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

JOURNAL = "arrivals.csv"
EXPLANATIONS = "explanations.csv"
MAX_FILES = 10_000
MAX_WORKBOOK_BYTES = 64 * 1024 * 1024
MAX_REGISTER_BYTES = 8 * 1024 * 1024 * 1024
REGISTER_SUFFIXES = (".csv", ".csv.gz", ".parquet")
_ZIP_END = b"PK\x05\x06"
_ZIP_TAIL = 65_557  # the end record (22 bytes) and the longest comment it may carry


@dataclass(frozen=True, kw_only=True)
class InboxFile:
    """A file that may be landed. `signature` is (inode, size, mtime_ns, ctime_ns): equal means nobody wrote to it."""

    name: str
    path: Path
    signature: tuple[int, int, int, int]

    @property
    def size(self) -> int:
        """Bytes."""
        return self.signature[1]


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """A name in the inbox that is not taken now, and why: `reason` is a key of expectations/rules."""

    name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Scan:
    """What an inbox holds: files to take, in the order of their names, and what was left lying."""

    files: list[InboxFile] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def scan(folder: Path, *, quiet_seconds: float = 10.0, sleep: Callable[[float], None] = time.sleep) -> Scan:
    """List `folder`; an absent one is empty. A young file that looks unfinished is looked at twice.

    The two looks are `quiet_seconds` apart. Links, pipes, devices and folders are never opened. Order is by name,
    so that a scan can be repeated.
    """
    result = Scan()
    if not folder.is_dir():
        return result
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        _sort_in(entry, result)
    return _without_growing(result, quiet_seconds, sleep)


def shown(name: str) -> str:
    """A file name as people may see it: NFC; undecodable, invisible or direction-changing characters escaped."""
    text = unicodedata.normalize("NFC", name.encode("utf-8", "backslashreplace").decode("utf-8"))
    return "".join(f"\\u{ord(c):04x}" if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else c for c in text)


def signature(info: os.stat_result) -> tuple[int, int, int, int]:
    """The stat values that change whenever somebody writes to a file."""
    return info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns


def _sort_in(entry: os.DirEntry[str], result: Scan) -> None:
    if entry.name in {JOURNAL, EXPLANATIONS} or entry.name.startswith((".", "~$")):
        return
    info = entry.stat(follow_symlinks=False)
    if not stat.S_ISREG(info.st_mode):
        reason = "TEP-LIEN_KET" if stat.S_ISLNK(info.st_mode) else "TEP-KHONG_PHAI_TEP"
        result.skipped.append(Skipped(name=shown(entry.name), reason=reason))
    elif info.st_size > _limit(entry.name):
        result.skipped.append(Skipped(name=shown(entry.name), reason="TEP-QUA_LON"))
    elif len(result.files) >= MAX_FILES:
        result.skipped.append(Skipped(name=shown(entry.name), reason="TEP-QUA_NHIEU"))
    else:
        result.files.append(InboxFile(name=shown(entry.name), path=Path(entry.path), signature=signature(info)))


def _limit(name: str) -> int:
    return MAX_REGISTER_BYTES if name.casefold().endswith(REGISTER_SUFFIXES) else MAX_WORKBOOK_BYTES


def _without_growing(result: Scan, quiet_seconds: float, sleep: Callable[[float], None]) -> Scan:
    """Leave out files that change under our eyes; a quiet file that looks cut off is taken (and will be refused)."""
    now = time.time()
    age = {file.name: now - max(file.signature[2:]) / 1e9 for file in result.files}
    doubtful = [f for f in result.files if age[f.name] < quiet_seconds and not _looks_whole(f.path, f.size)]
    if not doubtful:
        return result
    sleep(max(quiet_seconds - min(age[f.name] for f in doubtful), 0.0))
    growing = {file.name for file in doubtful if not _unchanged(file)}
    skipped = [Skipped(name=name, reason="TEP-DANG_GHI") for name in sorted(growing)]
    return Scan(files=[f for f in result.files if f.name not in growing], skipped=result.skipped + skipped)


def _unchanged(file: InboxFile) -> bool:
    try:
        return signature(file.path.lstat()) == file.signature
    except FileNotFoundError:
        return False


def _looks_whole(path: Path, size: int) -> bool:
    """Whether the end of the file is what its format ends with; formats without a mark count as whole."""
    name = path.name.casefold()
    if size == 0:
        return False
    if name.endswith(".gz"):
        return _gzip_is_whole(path)
    tail = _tail(path, size)
    if name.endswith((".xlsx", ".xlsm", ".xlsb", ".ods", ".zip", ".docx")):
        return _ZIP_END in tail or not _starts_as_zip(path)
    if name.endswith(".parquet"):
        return tail.endswith(b"PAR1")
    return not name.endswith((".csv", ".txt")) or tail.endswith((b"\n", b"\r"))


def _tail(path: Path, size: int) -> bytes:
    with _open(path) as stream:
        stream.seek(max(size - _ZIP_TAIL, 0))
        return stream.read(_ZIP_TAIL)


def _starts_as_zip(path: Path) -> bool:
    with _open(path) as stream:
        return stream.read(2) == b"PK"


def _gzip_is_whole(path: Path) -> bool:
    inflate = zlib.decompressobj(31)
    with _open(path) as stream:
        while block := stream.read(1 << 20):
            try:
                inflate.decompress(block)
            except zlib.error:
                return True  # not unfinished but broken: land it, and say so
    return inflate.eof


def _open(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb")
