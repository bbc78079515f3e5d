"""A zip whose part names have slashes, whatever its writer took for one.

Lives here: opening. Does not live here: which names are refused (preflight.py).
"""

from __future__ import annotations

import zipfile
from pathlib import Path


def open_zip(path: Path) -> zipfile.ZipFile:
    """The zip of a workbook. What zipfile raises for an unsound one (refusal.UNSOUND_ZIP).

    .NET before 4.6.1 wrote `xl\\workbook.xml` (PhpSpreadsheet issue.3730.xlsx, calamine issue_530.xlsx), against
    APPNOTE 4.4.17.1; Excel opens such a file, so its owner never learns of it.
    """
    package = zipfile.ZipFile(path)
    for entry in package.filelist:
        if "\\" in entry.filename:
            entry.filename = entry.filename.replace("\\", "/")
    package.NameToInfo = {entry.filename: entry for entry in package.filelist}
    return package
