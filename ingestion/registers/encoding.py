"""Which letters and which delimiter a CSV has: detected from its own bytes, told, and refused where two would do.

Lives here: BOMs, strict UTF-8, UTF-16, CP1258, bytes that may be an old font's (what proves it: old_fonts.py), and a
UTF-8 copy for the reader; the delimiter of a header.
Does not live here: reading rows (source.py), sentences (expectations/rules/texts).
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

UTF8, UTF16, CP1258, LATIN1 = "utf-8", "utf-16", "cp1258", "latin-1"
DELIMITERS = ",;\t|"
_BLOCK = 1 << 20
_LOOKED_AT = 30
_OLD_FONT_BYTES = bytes([9, 10, 13, *range(32, 127), *range(160, 256)])
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE = re.compile(f"([{_TONES}])")
_TONED = re.compile(f"[aăâeêioôơuưyAĂÂEÊIOÔƠUƯY][{_TONES}]")
_ONLY_VIETNAMESE = re.compile("[ăĂđĐơƠưƯ]")
_FOREIGN = re.compile("[\u0080-\u009f\u00a1-\u00bfÄÅÆËÏÑÖ×ØÛÜßäåæëïñö÷øûüÿœŒŸƒ₫€‚„†‡ˆ‰‹›™˜]")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, UTF16), (codecs.BOM_UTF16_BE, UTF16))


def opened(path: Path, packed: bool) -> IO[bytes]:
    """The bytes of a csv, unpacked when it is gzip."""
    return cast("IO[bytes]", gzip.open(path, "rb")) if packed else path.open("rb")


def detect(path: Path, packed: bool) -> str | None:
    """The Python codec of the text: utf-8, utf-8-sig, utf-16, utf-16-le/be, cp1258; None when none is certain.

    UTF-8 is certain when every byte of the file says so. CP1258 is certain when what is not ASCII reads as Vietnamese
    (tones on vowels, letters that no other code has) and as nothing else. OSError, EOFError: the gzip is broken.
    """
    with opened(path, packed) as stream:
        start = stream.read(_BLOCK)
        for mark, codec in _BOMS:
            if start.startswith(mark):
                return codec if _decodes(start, stream, codec) else None
        if b"\0" in start:
            return _utf16_without_mark(start)
        if _decodes(start, stream, UTF8):
            return UTF8
    return CP1258 if _is_cp1258(path, packed) else None


def may_be_old_font(path: Path, packed: bool) -> bool:
    """Whether all bytes are such as TCVN3 or VNI has: then the file may be read as Latin letters, and must prove it."""
    with opened(path, packed) as stream:
        while block := stream.read(_BLOCK):
            if block.translate(None, _OLD_FONT_BYTES):
                return False
    return True


def transcode(path: Path, packed: bool, codec: str, target: Path) -> None:
    """Write the text as composed UTF-8 without a mark; lines stay lines. Nothing but the letters' code is changed."""
    with opened(path, packed) as stream, target.open("w", encoding=UTF8, newline="") as written:
        for text in _texts(stream, codec):
            written.write(unicodedata.normalize("NFC", text))


def first_line(path: Path, packed: bool, codec: str) -> str:
    """The header record as text."""
    with opened(path, packed) as stream:
        text = codecs.getincrementaldecoder(codec)().decode(stream.read(_BLOCK))
    return text.splitlines()[0] if text.strip() else ""


def delimiter_of(path: Path, packed: bool, codec: str, known: set[str]) -> str | None:
    """The delimiter, None when two would do: the one that makes headers we know, else the only one that makes a table.

    `known`: folded headers. A file of one column has commas that nobody needed.
    """
    from ingestion.registers.headers import in_unicode
    from ingestion.typing.text import fold

    with opened(path, packed) as stream:
        text = codecs.getincrementaldecoder(codec)().decode(stream.read(_BLOCK))
    lines = text.splitlines()[: _LOOKED_AT + 1]
    if len(text) >= _BLOCK:
        lines = lines[:-1]
    tables = {mark: list(csv.reader(io.StringIO("\n".join(lines)), delimiter=mark)) for mark in DELIMITERS}
    wide = {mark: table for mark, table in tables.items() if table and len(table[0]) > 1}
    if not wide:
        return ","
    hits = {mark: sum(fold(in_unicode(c, known)) in known for c in table[0]) for mark, table in wide.items()}
    best = [mark for mark in wide if hits[mark] == max(hits.values())]
    if len(best) > 1:
        best = [mark for mark in best if all(len(row) == len(wide[mark][0]) for row in wide[mark][1:])] or best
    return best[0] if len(best) == 1 else None


def _decodes(start: bytes, stream: IO[bytes], codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        decoder.decode(start)
        while block := stream.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _utf16_without_mark(start: bytes) -> str | None:
    """Latin letters as UTF-16 have a zero in every second byte; which one says the order of bytes."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = len(start) / 2
    for mine, other, codec in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if mine > 0.6 * half and other == 0:
            return codec
    return None


def _is_cp1258(path: Path, packed: bool) -> bool:
    proofs = 0
    with opened(path, packed) as stream:
        try:
            for text in _texts(stream, CP1258):
                tones = len(_TONE.findall(text))
                if tones != len(_TONED.findall(text)) or _FOREIGN.search(text):
                    return False
                proofs += tones + len(_ONLY_VIETNAMESE.findall(text))
        except UnicodeDecodeError:
            return False
    return proofs > 0


def _texts(stream: IO[bytes], codec: str) -> Iterator[str]:
    """The text in pieces that end with a line, so that no letter is cut from its tone."""
    decoder, rest = codecs.getincrementaldecoder(codec)(), ""
    while block := stream.read(_BLOCK):
        head, mark, rest_now = (rest + decoder.decode(block)).rpartition("\n")
        rest = rest_now
        if mark:
            yield head + mark
    yield rest + decoder.decode(b"", final=True)
