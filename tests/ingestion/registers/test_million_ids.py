"""R11: ids with their zeros, xlsx -> landing -> typed -> accepted as HMAC: none changed, merged or lost.

`make test` takes 20,000, `make soak` the million. The pseudonym of each row is recomputed in plain Python from the id
that was written into that row of that file.
"""

from __future__ import annotations

import hashlib
import hmac
import random
from pathlib import Path

import duckdb
import pytest

from tests import hostile_files as hostile
from tests.inboxes import Season, rules_of

SEED = 11
COLUMNS = ("national_id", "agency_code", "staff_kind", "status")
REST = ("SNV", "cong_chuc", "dang_lam_viec")


def identities(count: int) -> list[str]:
    """Distinct 12-digit ids of nobody (prefix 000): most differ in one digit from several others."""
    found = [f"000{number % 2}{60 + number % 40:02}{number:06}" for number in range(count)]
    random.Random(SEED).shuffle(found)
    return found


def workbook(ids: list[str]) -> bytes:
    """A staff list as xlsx: a header, then one id a row, every cell text."""
    rows = []
    for number, line in enumerate([COLUMNS, *((one, *REST) for one in ids)], 1):
        cells = (hostile.inline(f"{letter}{number}", text) for letter, text in zip("ABCD", line, strict=True))
        rows.append(f'<row r="{number}">{"".join(cells)}</row>')
    return hostile.package(hostile.sheet("".join(rows)))


def day(number: int) -> str:
    """The day of the nth file: a month a file."""
    return f"{2010 + number // 12}-{number % 12 + 1:02}-28"


def sent(season: Season, count: int, files: int) -> dict[str, list[str]]:
    """The files in the inbox: day of the snapshot -> ids in the order of its rows."""
    ids, size = identities(count), count // files
    parts = {day(number): ids[number * size : (number + 1) * size] for number in range(files)}
    for on, part in parts.items():
        season.put(f"staff_snapshot_{on}.xlsx", workbook(part))
    return parts


def assert_unchanged(season: Season, count: int, files: int) -> None:
    parts = sent(season, count, files)
    report = season.collect()
    assert {rule for one in report.files for rule in rules_of(one)} == set() and len(report.files) == files
    landed = {
        hashlib.sha256(path.read_bytes()).hexdigest() for path in season.home.landing.rglob("*") if path.is_file()
    }
    assert len(landed) == files and landed == {one.sha256 for one in report.files}
    compared, keys = 0, set()
    for on, ids in parts.items():
        rows = accepted(season.home.accepted("staff_snapshots", season.year), on)
        expected = [(number, pseudonym(season.key, one)) for number, one in enumerate(ids, 2)]
        assert rows == expected
        compared += len(rows)
        keys |= {key for _, key in rows}
    assert compared == len(keys) == count


def pseudonym(key: bytes, national_id: str) -> str:
    return hmac.new(key, b"cccd\x1f" + national_id.encode(), hashlib.sha256).hexdigest()


def accepted(path: Path, on: str) -> list[tuple[int, str]]:
    """(row of the file, pseudonym) of one snapshot, in the order of rows."""
    with duckdb.connect() as connection:
        return connection.execute(
            "SELECT row, identity_key FROM read_parquet(?) WHERE snapshot_on = ?::DATE ORDER BY row", [str(path), on]
        ).fetchall()


def test_R11_C01_twenty_thousand_ids_come_through_unchanged(season: Season):
    assert_unchanged(season, 20_000, 2)


@pytest.mark.soak
def test_R11_C01_a_million_ids_come_through_unchanged(season: Season):
    assert_unchanged(season, 1_000_000, 20)
