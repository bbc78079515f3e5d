"""The second reader of .xlsb: our own pass over the records of BIFF12 ([MS-XLSB]), as row_count.py is for .xlsx.

Runs in the jail. Lives here: records of workbook, strings and worksheets. Does not live here: dates (styles) and the
comparison with calamine (cells.py). Like BIFF8 it always stores a result, so no formula is "never computed".
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from ingestion.workbook.counted import (
    PERCENT_FORMATS,
    CountedBook,
    CountedSheet,
    NamedSheet,
    number_cell,
    refuse_overfull,
    shows_percent,
)
from ingestion.workbook.package import edition_of, opened, part_of, relationships_of
from ingestion.workbook.refusal import RefusedError
from ingestion.workbook.styles import Looks

MAIN = "xl/workbook.bin"
STATES = {0: "visible", 1: "hidden", 2: "veryHidden"}
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_ROW, _BUNDLE_SHEET, _STRING_ITEM, _COLUMN, _MERGE, _SUP_BOOK = 0, 156, 19, 60, 176, 360
_FONT, _FORMAT, _STYLE, _BEGIN_FONTS, _END_FONTS, _BEGIN_CELL_STYLES, _END_CELL_STYLES = 43, 44, 47, 611, 612, 617, 618
_STRUCK_FONT = 0x08
_DDE = (1, 2)
_LARGEST_RECORD = 1 << 24


def read_xlsb(path: Path) -> CountedBook:
    """Count an .xlsb that passed preflight. RefusedError when it cannot be trusted."""
    try:
        with opened(path) as package:
            return _book(package)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise RefusedError("TEP-HONG", kich_thuoc="") from error


def _book(package: zipfile.ZipFile) -> CountedBook:
    names = {name.lower(): name for name in package.namelist()}
    main = names.get(MAIN, MAIN)
    targets = relationships_of(package, names, main)
    links = [name for lowered, name in names.items() if lowered.startswith("xl/externallinks/externallink")]
    for link in links:
        with part_of(package, link) as stream:
            if any(kind == _SUP_BOOK and body[0] in _DDE for kind, body in records(stream)):
                raise RefusedError("TEP-LIEN_KET_DDE")
    strings = next((_strings(package, part) for kind, part in targets.values() if kind == "sharedStrings"), [])
    no_looks: Looks[int] = Looks()
    looks = next((_looks(package, part) for kind, part in targets.values() if kind == "styles"), no_looks)
    sheets = []
    with part_of(package, main) as stream:
        bundles = [body for kind, body in records(stream) if kind == _BUNDLE_SHEET]
    for body in bundles:
        relation, after = wide_string(body, 8)
        kind, part = targets.get(relation, ("", ""))
        if kind in ("xlMacrosheet", "xlIntlMacrosheet"):
            raise RefusedError("TEP-MACRO")
        if kind == "worksheet":
            name, state = wide_string(body, after)[0], STATES.get(body[0], "hidden")
            counted = _sheet(package, part, strings, looks)
            refuse_overfull(name, counted)
            sheets.append(NamedSheet(name, state, counted))
    if not sheets:
        raise RefusedError("TEP-HONG", kich_thuoc="")
    return CountedBook(tuple(sheets), edition_of(package, names), bool(links))


def records(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """(number, body) of every record; numbers and sizes are written seven bits a byte, lowest first."""
    while first := stream.read(1):
        kind = first[0]
        if kind & 0x80:
            kind = (kind & 0x7F) | (stream.read(1)[0] << 7)
        size = shift = 0
        while True:
            byte = stream.read(1)[0]
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        body = stream.read(size) if size <= _LARGEST_RECORD else b""
        if len(body) != size:
            raise RefusedError("TEP-HONG", kich_thuoc="")
        yield kind, body


def wide_string(body: bytes, at: int) -> tuple[str, int]:
    """The string (length, then UTF-16) at an offset, and the offset behind it; a null string is ""."""
    (length,) = struct.unpack_from("<I", body, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(body):
        raise RefusedError("TEP-HONG", kich_thuoc="")
    return body[at + 4 : end].decode("utf-16-le"), end


def _strings(package: zipfile.ZipFile, part: str) -> list[str]:
    with part_of(package, part) as stream:
        return [wide_string(body, 1)[0] for kind, body in records(stream) if kind == _STRING_ITEM]


def _looks(package: zipfile.ZipFile, part: str) -> Looks[int]:
    codes = dict.fromkeys(PERCENT_FORMATS, "0%")
    fonts: list[bool] = []
    styles: list[tuple[int, int]] = []
    inside = 0
    with part_of(package, part) as stream:
        for kind, body in records(stream):
            if kind == _FORMAT:
                codes[struct.unpack_from("<H", body)[0]] = wide_string(body, 2)[0]
            elif kind in (_BEGIN_FONTS, _END_FONTS, _BEGIN_CELL_STYLES, _END_CELL_STYLES):
                inside = kind
            elif kind == _FONT and inside == _BEGIN_FONTS:
                fonts.append(bool(body[2] & _STRUCK_FONT))
            elif kind == _STYLE and inside == _BEGIN_CELL_STYLES:
                styles.append(struct.unpack_from("<HH", body, 2))
    return Looks(
        frozenset(index for index, (number, _) in enumerate(styles) if shows_percent(codes.get(number, ""))),
        frozenset(index for index, (_, font) in enumerate(styles) if font < len(fonts) and fonts[font]),
    )


def _sheet(package: zipfile.ZipFile, part: str, strings: list[str], looks: Looks[int]) -> CountedSheet:
    sheet, row = CountedSheet(), 0
    with part_of(package, part) as stream:
        for kind, body in records(stream):
            if kind == _ROW:
                row = struct.unpack_from("<I", body)[0] + 1
                if body[11] & 0x10:
                    sheet.hidden_rows.add(row)
            elif kind in _VALUES:
                column, style = struct.unpack_from("<II", body)
                cell_type, text = _VALUES[kind](body, strings)
                if cell_type == "n" and style & 0xFFFFFF in looks.percents:
                    cell_type = "p"
                if text:
                    sheet.keep(row, column, cell_type, text)
                    if style & 0xFFFFFF in looks.struck:
                        sheet.struck.add((row, column))
            elif kind == _COLUMN and struct.unpack_from("<H", body, 16)[0] & 1:
                first, last = struct.unpack_from("<II", body)
                sheet.hidden_columns.update(range(first, min(last + 1, 16_384)))
            elif kind == _MERGE:
                top, bottom, left, right = struct.unpack_from("<4I", body)
                sheet.merged.append((top + 1, left, bottom + 1, right))
    return sheet


def rk_number(body: bytes, at: int) -> float:
    """An RK number: an integer of 30 bits or the upper half of a double, perhaps in hundredths."""
    (raw,) = struct.unpack_from("<i", body, at)
    value = float(raw >> 2) if raw & 2 else struct.unpack("<d", b"\0\0\0\0" + struct.pack("<i", raw & ~3))[0]
    return float(value / 100 if raw & 1 else value)


def _shared(body: bytes, strings: list[str]) -> tuple[str, str]:
    (number,) = struct.unpack_from("<I", body, 8)
    if number >= len(strings):
        raise RefusedError("TEP-HONG", kich_thuoc="")
    return "s", strings[number]


def _error(body: bytes, _strings: list[str]) -> tuple[str, str]:
    return "e", ERRORS.get(body[8], "#ERR!")


def _boolean(body: bytes, _strings: list[str]) -> tuple[str, str]:
    return "b", str(int(bool(body[8])))


def _real(body: bytes, _strings: list[str]) -> tuple[str, str]:
    return number_cell(struct.unpack_from("<d", body, 8)[0])


_VALUES: dict[int, Callable[[bytes, list[str]], tuple[str, str]]] = {
    2: lambda body, _: number_cell(rk_number(body, 8)),
    3: _error,
    4: _boolean,
    5: _real,
    6: lambda body, _: ("s", wide_string(body, 8)[0]),
    7: _shared,
    8: lambda body, _: ("s", wide_string(body, 8)[0]),
    9: _real,
    10: _boolean,
    11: _error,
    62: lambda body, _: ("s", wide_string(body, 9)[0]),
}
