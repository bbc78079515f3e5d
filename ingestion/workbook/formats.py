"""Which of the four formats that we read a workbook is, by its content.

Lives here: the names and the test by content. Does not live here: what is refused (preflight.py, magic.py).
"""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path
from typing import Literal

from ingestion.workbook.magic import OLE
from ingestion.workbook.part_names import open_zip

Format = Literal["xlsx", "xls", "xlsb", "ods"]


def format_of(path: Path) -> Format:
    """The format of a file that passed preflight; .xlsm is xlsx here. OSError or BadZipFile when it is no such file."""
    with path.open("rb") as stream:
        if stream.read(8) == OLE:
            return "xls"
    with open_zip(path) as package:
        names = {name.lower() for name in package.namelist()}
    if is_ods(names):
        return "ods"
    return "xlsb" if "xl/workbook.bin" in names else "xlsx"


def is_ods(names: Set[str]) -> bool:
    """Whether a zip with these lower-cased part names is an OpenDocument."""
    return "mimetype" in names and "content.xml" in names
