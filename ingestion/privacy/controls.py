"""A person who does not exist, written into eight kinds of file: a search that does not find her proves nothing.

Lives here: planting the controls. The id begins with 000, a code that was never issued.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import zipfile
from pathlib import Path

from ingestion.privacy.persons import Persons

ID = "000188776655"
NAME = "Nông Thị Không Ai"
BARE = ID.lstrip("0")
PERSON = Persons.of([ID], [NAME])


def plant(folder: Path) -> dict[str, Path]:
    """Write one file of each kind that names the control, half of them by an id that lost its zeros."""
    planted = {
        "parquet": _parquet(folder / "control.parquet"),
        "duckdb": _duckdb(folder / "control.duckdb"),
        "sqlite": _sqlite(folder / "control.db"),
        "zip": _zip(folder / "control.zip", "data.csv", f"id,name\n{ID},{NAME}\n"),
        "xlsx": _zip(
            folder / "control.xlsx", "xl/sharedStrings.xml", f"<sst><si><t>{ID}</t></si><si><t>{NAME}</t></si></sst>"
        ),
        "docx": _zip(folder / "control.docx", "word/document.xml", _split_over_runs()),
        "gzip": folder / "control.log.gz",
        "text": folder / "control.json",
    }
    planted["gzip"].write_bytes(gzip.compress(f"row 3: {NAME} ({BARE})\n".encode()))
    planted["text"].write_text(json.dumps({"message": f"{NAME}: {ID}"}), encoding="utf-8")  # escaped, as loggers do
    return planted


def _split_over_runs() -> str:
    """A document in which an office program broke name and id over two runs."""
    first, rest = NAME.split(" ", 1)
    lines = ((f"{first} ", rest), (ID[:6], ID[6:]))
    said = ("".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in line) for line in lines)
    return "<w:document>" + "".join(f"<w:p>{line}</w:p>" for line in said) + "</w:document>"


def _parquet(path: Path) -> Path:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT {BARE} AS number, '{NAME}' AS said) TO '{path}' (FORMAT parquet)")
    return path


def _duckdb(path: Path) -> Path:
    import duckdb

    with duckdb.connect(str(path)) as connection:
        connection.execute(f"CREATE TABLE control AS SELECT {BARE}::DOUBLE AS number, '{NAME}' AS said")
    return path


def _sqlite(path: Path) -> Path:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE event (body TEXT, more BLOB)")
    connection.execute("INSERT INTO event VALUES (?, ?)", (f"value {ID}", NAME.encode()))
    connection.commit()
    connection.close()
    return path


def _zip(path: Path, member: str, content: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, content)
    return path
