"""Apache POI's test files dropped into one inbox: no crash, no hang, every file an outcome row, none accepted.

Read at ../shared/data where it is; said aloud where it is absent. `make soak` takes all, `make test` a seeded part.
"""

from __future__ import annotations

import hashlib
import random
import time
from itertools import pairwise
from pathlib import Path

import pytest

from ingestion.workbook import limits
from ingestion.workbook.jail import Jail, Job
from ingestion.workbook.refusal import Refusal
from tests.inboxes import Season

INBOX = Path(__file__).parents[4] / "shared" / "data" / "bad-inbox" / "apache-poi"
SEED, PART = 899, 60
LONGEST_SECONDS = 30.0
pytestmark = pytest.mark.skipif(not INBOX.is_dir(), reason=f"the bad inbox is not on this machine: {INBOX}")


def files() -> list[Path]:
    return sorted(path for path in INBOX.iterdir() if path.is_file())


def collected(season: Season, chosen: list[Path]) -> None:
    """Drop the files, collect, and hold the collection to its promises."""
    for path in chosen:
        season.put(path.name, path.read_bytes())
    told = [time.monotonic()]
    report = season.collect(progress=lambda _: told.append(time.monotonic()))
    assert max(after - before for before, after in pairwise(told)) < LONGEST_SECONDS
    contents = {hashlib.sha256(path.read_bytes()).hexdigest() for path in chosen}
    outcomes = {row["sha256"]: row["outcome"] for row in season.rows("submissions")}
    assert outcomes == dict.fromkeys(contents, "rejected")
    named = {one.file_name for one in report.files} | {name for one in report.files for name in one.same_content}
    assert named == {path.name for path in chosen}
    assert all(one.findings and one.findings[0].severity == "blocker" for one in report.files)
    assert {one.sha256 for one in report.files} == contents
    assert all((season.home.root / one.receipt).is_file() for one in report.files)
    assert len(season.events("rejected")) == len(contents)


def test_F02_F08_F22_a_part_of_the_bad_inbox_is_refused_file_by_file(season: Season):
    collected(season, random.Random(SEED).sample(files(), PART))


@pytest.mark.soak
def test_F02_F08_F22_the_whole_bad_inbox_is_refused_file_by_file(season: Season):
    assert len(files()) > 700
    collected(season, files())


@pytest.mark.soak
def test_F02_F13_F14_no_file_of_the_bad_inbox_takes_long_or_much(capsys: pytest.CaptureFixture[str]):
    """The figures are printed: the slowest file in the jail, and the most memory that any worker held."""
    times = []
    with Jail(None, workers=1) as jail:
        for path in files():
            begun = time.monotonic()
            jail.parse(Job(path, hashlib.sha256(path.read_bytes()).hexdigest(), path.name))
            times.append((time.monotonic() - begun, path.name))
    peak, (seconds, slowest) = jail.peak_bytes, max(times)
    with capsys.disabled():
        print(f"\nbad inbox: slowest {slowest} {seconds:.1f} s; most memory of a worker {peak // 2**20} MB")
    assert seconds < LONGEST_SECONDS and 0 < peak < limits.WORKER_BYTES


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("SimpleMacro.xls", "TEP-MACRO"),  # F11
        ("testVarious.xlsb", "TEP-MACRO"),  # F11
        ("xor-encryption-abc.xls", "TEP-MAT_KHAU"),  # F10
        ("protected_passtika.xlsb", "TEP-MAT_KHAU"),  # F10
        ("WithEmbeddedObjects.xls", "TEP-DOI_TUONG_NHUNG"),  # F12
        ("49219.xls", "TEP-LIEN_KET_DDE"),  # F12
        ("51535.xls", "TEP-O_XA"),  # F14
        ("testEXCEL_95.xls", "TEP-DINH_DANG_CU"),  # D006
        ("49761.xls", "read"),  # a cell that holds NaN
        ("13796.xls", "read"),  # links to other workbooks, which are not opened
    ],
)
def test_F10_F11_F12_F14_what_real_xls_and_xlsb_hold(name: str, rule: str, jail: Jail):
    path = INBOX / name
    found = jail.parse(Job(path, hashlib.sha256(path.read_bytes()).hexdigest(), name))
    assert (found.rule if isinstance(found, Refusal) else "read") == rule
