"""Makes a large year of a sample season: every agency sends its workbook again and again, a minute later each time.

The copies differ in one byte that says nothing (the comment of the package), so each is a file of its own that is
landed, read in the jail, typed, compared with the version before and answered, as 2,000 workbooks of a year are.
"""

from __future__ import annotations

import csv
import shutil
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

COLUMNS = ("file_name", "received_at", "channel", "document_number", "recorded_by")


def send_again(inbox: Path, times: int) -> int:
    """Add ``times`` versions of every workbook in ``inbox`` that can be opened; how many workbooks there are then."""
    journal = inbox / "arrivals.csv"
    with journal.open(encoding="utf-8", newline="") as stream:
        arrivals = {row["file_name"]: row for row in csv.DictReader(stream)}
    books = [path for path in sorted(inbox.glob("*.xlsx")) if path.name in arrivals and zipfile.is_zipfile(path)]
    with journal.open("a", encoding="utf-8", newline="") as stream:
        lines = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        for path in books:
            for turn in range(1, times + 1):
                copy = path.with_name(f"{path.stem} lần {turn}.xlsx")
                shutil.copy(path, copy)
                with zipfile.ZipFile(copy, "a") as package:
                    package.comment = str(turn).encode()
                first = arrivals[path.name]
                at = datetime.fromisoformat(first["received_at"]) + timedelta(minutes=turn)
                row = {**first, "file_name": copy.name, "received_at": at.isoformat()}
                lines.writerow({name: row[name] for name in COLUMNS})
    return len(books) * (times + 1)
