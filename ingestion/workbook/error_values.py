"""Error values that calamine does not know: it then refuses the whole workbook, for one cell.

Runs in the jail. Lives here: the copy that it is given instead. Does not live here: what the error is called in a
finding: that is the counter's word, which reads the file itself (row_count.py).

ECMA-376 1st ed. 18.17.3 has #GETTING_DATA; programs that learnt dynamic arrays and data types write #SPILL!, #CALC!,
#FIELD! and others in the same place (EPPlus 8; Excel itself keeps #VALUE! there and the new name in richData).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from ingestion.workbook.counted import NamedSheet
from ingestion.workbook.part_names import open_zip

KNOWN = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))
_CELL = re.compile(rb"""<((?:\w+:)?)c\b[^>]*\bt\s*=\s*["']e["'][^>]*>(?:(?!</\1c\s*>).)*?</\1c\s*>""", re.S)
_VALUE = re.compile(rb"(<(?:\w+:)?v\b[^>]*>)\s*(#[A-Z0-9_/]+[!?]?|Err:[0-9]{3})\s*(?=<)")


def readable_copy(path: Path, sheets: Iterable[NamedSheet]) -> IO[bytes] | None:
    """The workbook as calamine can read it, where a cell holds an error that calamine does not know; else None."""
    kinds = (cell for sheet in sheets for cell in sheet.counted.cells.values())
    if all(kind != "e" or text.strip() in KNOWN for kind, text in kinds) or not zipfile.is_zipfile(path):
        return None
    copy = io.BytesIO()
    with open_zip(path) as package, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as written:
        for entry in package.infolist():
            content = package.read(entry)
            written.writestr(entry.filename, _CELL.sub(_known, content) if b"sheetData" in content else content)
    copy.seek(0)
    return copy


def _known(cell: re.Match[bytes]) -> bytes:
    return _VALUE.sub(lambda v: v[0] if v[2].decode() in KNOWN else v[1] + b"#N/A", cell[0])
