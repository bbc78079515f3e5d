"""The second reader of .xls (BIFF8): xlrd for the cells, olefile for what the container holds beside them.

Runs in the jail. Lives here: macros, embedded objects, passwords, DDE of an .xls, and its cells as counted. Does not
live here: the comparison with calamine (cells.py). BIFF always stores a result: a formula that was never computed
cannot be told from one whose result is 0 or empty.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingestion.workbook.counted import (
    CountedBook,
    CountedSheet,
    NamedSheet,
    number_cell,
    refuse_overfull,
    shows_percent,
)
from ingestion.workbook.package import EDITION_PROPERTY
from ingestion.workbook.refusal import RefusedError
from ingestion.workbook.styles import Looks

STATES = {0: "visible", 1: "hidden", 2: "veryHidden"}
_END, _FILE_PASS, _BOUND_SHEET, _SUP_BOOK = 0x0A, 0x2F, 0x85, 0x1AE
_MACRO_SHEETS = (1, 6)
_PATHS = ("\x00", "\x01", "\x02", " ")
_OWN_SUP_BOOKS = (b"\x01\x04", b"\x01\x3a")
_USER_PROPERTIES = "\x05DocumentSummaryInformation"


def read_xls(path: Path) -> CountedBook:
    """Count an .xls that passed preflight. RefusedError when it cannot be trusted."""
    try:
        edition, links = _container(path)
        return CountedBook(_sheets(path), edition, links)
    except (RefusedError, MemoryError):
        raise
    except Exception as error:  # xlrd and olefile name a dozen kinds of damage
        password = "encrypted" in str(error).lower()
        raise RefusedError("TEP-MAT_KHAU" if password else "TEP-HONG", kich_thuoc="") from error


def _container(path: Path) -> tuple[str | None, bool]:
    """(template edition, whether it links to other files); refuses programs, objects, passwords and DDE."""
    import olefile

    with olefile.OleFileIO(str(path)) as container:
        names = {name.upper() for entry in container.listdir(streams=True, storages=True) for name in entry}
        if any(name.startswith(("_VBA_PROJECT", "VBA")) for name in names):
            raise RefusedError("TEP-MACRO")
        if any(name.startswith("MBD") or name.endswith("OLE10NATIVE") for name in names):
            raise RefusedError("TEP-DOI_TUONG_NHUNG")
        with container.openstream("Workbook") as stream:
            outside = [_is_outside(kind, body) for kind, body in _global_records(stream)]
        return _edition(container), any(outside)


def _global_records(stream: Any) -> Iterator[tuple[int, bytes]]:
    """Records (number, body) of the workbook's own substream, which ends before the first sheet."""
    while len(head := stream.read(4)) == 4:
        kind, size = struct.unpack("<HH", head)
        if kind == _END:
            return
        yield kind, stream.read(size)


def _is_outside(kind: int, body: bytes) -> bool:
    """Whether a record links to another file; what must not be read is refused."""
    if kind == _FILE_PASS:
        raise RefusedError("TEP-MAT_KHAU")
    if kind == _BOUND_SHEET and body[5] in _MACRO_SHEETS:
        raise RefusedError("TEP-MACRO")
    if kind != _SUP_BOOK or body[2:4] in _OWN_SUP_BOOKS:
        return False
    target = _virtual_path(body)
    if "\x03" in target and not target.startswith(_PATHS):  # application and topic
        raise RefusedError("TEP-LIEN_KET_DDE")
    return target.startswith("\x01")


def _virtual_path(body: bytes) -> str:
    """What a SUPBOOK record names: \x01 opens a path, \x00, \x02 and a blank are this workbook itself."""
    (length,) = struct.unpack_from("<H", body, 2)
    if body[4] & 1:
        return body[5 : 5 + 2 * length].decode("utf-16-le", errors="replace")
    return body[5 : 5 + length].decode("latin-1")


def _edition(container: Any) -> str | None:
    if not container.exists(_USER_PROPERTIES):
        return None
    found = container.get_userdefined_properties(_USER_PROPERTIES)
    values = [one["value"] for one in found if one["property_name"] == EDITION_PROPERTY]
    text = values[0] if values else ""
    return (text.decode("utf-8", errors="replace") if isinstance(text, bytes) else str(text)).strip("\0 ") or None


def _sheets(path: Path) -> tuple[NamedSheet, ...]:
    import xlrd

    with (
        open(os.devnull, "w", encoding="utf-8") as silence,
        xlrd.open_workbook(str(path), logfile=silence, formatting_info=True, ragged_rows=True, on_demand=True) as book,
    ):
        if book.biff_version != 80 or not book.nsheets:
            raise RefusedError("TEP-HONG", kich_thuoc="")
        codes = {index: book.format_map[style.format_key].format_str for index, style in enumerate(book.xf_list)}
        looks = Looks(
            frozenset(index for index, code in codes.items() if shows_percent(code)),
            frozenset(index for index, style in enumerate(book.xf_list) if book.font_list[style.font_index].struck_out),
        )
        found = []
        for number in range(book.nsheets):
            sheet = book.sheet_by_index(number)
            counted = _counted(sheet, looks)
            refuse_overfull(sheet.name, counted)
            found.append(NamedSheet(sheet.name, STATES.get(sheet.visibility, "hidden"), counted))
            book.unload_sheet(number)
        return tuple(found)


def _counted(sheet: Any, looks: Looks[int]) -> CountedSheet:
    counted = CountedSheet(
        hidden_rows={row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden},
        hidden_columns={column for column, info in sheet.colinfo_map.items() if info.hidden},
        merged=[(top + 1, left, bottom, right - 1) for top, bottom, left, right in sheet.merged_cells],
    )
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            kind, text = _content(cell.ctype, cell.value, cell.xf_index in looks.percents)
            if text:
                counted.keep(row + 1, column, kind, text)
                if cell.xf_index in looks.struck:
                    counted.struck.add((row + 1, column))
    return counted


def _content(ctype: int, value: Any, is_percent: bool) -> tuple[str, str]:
    from xlrd import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, XL_CELL_NUMBER, XL_CELL_TEXT, error_text_from_code

    if ctype == XL_CELL_TEXT:
        return "s", value
    if ctype in (XL_CELL_NUMBER, XL_CELL_DATE):
        return number_cell(value, is_percent=is_percent)
    if ctype == XL_CELL_BOOLEAN:
        return "b", str(int(value))
    if ctype == XL_CELL_ERROR:
        return "e", error_text_from_code.get(value, "#ERR!")
    return "s", ""
