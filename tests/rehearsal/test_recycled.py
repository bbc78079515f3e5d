"""M6: returns that repeat last year's, or a neighbour's, under a new date are asked about; honest ones are not.

The corpus: every agency that reports in two years sends last year's workbook again with the cover's year and dates
moved on and a share of its cells changed by hand. Positive are those copies, negative all honest workbooks.
"""

import io
import random
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from expectations.home import Home
from ingestion.collect import collect
from ingestion.pseudonyms import sample_key
from ingestion.rehearsal.season import make_season
from tests.rehearsal.seasons import NOW

SEED, AGENCIES = 11, 24
SAME_BODY, OTHER_BODY = "TEP-GIONG_NAM_TRUOC", "TEP-GIONG_CO_QUAN_KHAC"


@pytest.fixture(scope="module")
def honest(tmp_path_factory) -> Home:
    """2024 collected, 2025 in the inbox."""
    home = Home(tmp_path_factory.mktemp("recycled") / "home")
    make_season(home.root, SEED, AGENCIES, [2024, 2025], "none")
    collected(home, 2024)
    return home


def collected(home: Home, year: int):
    return collect(home, year, gate=None, now=NOW, key=sample_key(SEED), quiet_seconds=0)


def asked(report) -> dict[str, set[str]]:
    """Agency → which of the two rules its newest workbook was asked about."""
    found: dict[str, set[str]] = {}
    for one in report.files:
        if one.kind == "workbook":
            found[one.agency_code] = {f.rule for f in one.findings if f.rule in (SAME_BODY, OTHER_BODY)}
    return found


def workbooks(home: Home, year: int) -> dict[str, Path]:
    """Agency code → its workbook in the inbox."""
    found = {}
    for path in sorted(home.inbox(year).glob("*.xlsx")):
        cover = openpyxl.load_workbook(path, read_only=True).worksheets[0]
        for row in cover.iter_rows(values_only=True):
            if "Mã cơ quan" in row:
                found[next(str(v) for v in row[row.index("Mã cơ quan") + 1 :] if v)] = path
    return found


def dated_anew(old: Path, new: Path, edits: float, rng: random.Random) -> bytes:
    """The sheets of `old` in the workbook `new`, whose cover says this year; a share of the values is written anew."""
    source, target = openpyxl.load_workbook(old), openpyxl.load_workbook(new)
    for sheet in source.worksheets[1:]:
        if sheet.title not in target.sheetnames or not re.match("B[0-9]|KT", sheet.title):
            continue
        body = target[sheet.title]
        height = max(sheet.max_row, body.max_row)
        for row in range(1, height + 1):
            for column in range(1, max(sheet.max_column, body.max_column) + 1):
                cell = body.cell(row, column)
                if type(cell).__name__ == "MergedCell":
                    continue
                value = sheet.cell(row, column).value
                if row > 6 and isinstance(value, int | float) and column > 1 and rng.random() < edits:
                    value += 1
                cell.value = value
    out = io.BytesIO()
    target.save(out)
    return out.getvalue()


def copied(honest: Home, folder: Path, edits: float) -> Home:
    """A home in which every agency with two years sends the first one again."""
    home = Home(folder / "home")
    shutil.copytree(honest.root, home.root)
    before, now = workbooks(home, 2024), workbooks(home, 2025)
    rng = random.Random(SEED)
    for code in sorted(before.keys() & now.keys()):
        now[code].write_bytes(dated_anew(before[code], now[code], edits, rng))
    return home


def test_M6_honest_returns_are_not_asked(honest: Home, tmp_path: Path):
    home = Home(tmp_path / "home")
    shutil.copytree(honest.root, home.root)
    found = asked(collected(home, 2025))
    assert len(found) >= AGENCIES
    assert {code: rules for code, rules in found.items() if rules} == {}


@pytest.mark.parametrize("edits", [pytest.param(0.0, marks=pytest.mark.soak), 0.05])
def test_M6_last_years_return_under_a_new_date_is_asked_about(honest: Home, tmp_path: Path, edits: float):
    home = copied(honest, tmp_path, edits)
    found = asked(collected(home, 2025))
    sent = [code for code in workbooks(home, 2024) if code in found]
    assert len(sent) >= 10
    caught = [code for code in sent if SAME_BODY in found[code]]
    assert len(caught) >= 0.95 * len(sent), sorted(set(sent) - set(caught))


def test_M6_a_neighbours_return_under_another_name_is_asked_about(honest: Home, tmp_path: Path):
    home = Home(tmp_path / "home")
    shutil.copytree(honest.root, home.root)
    now = workbooks(home, 2025)
    owner, copier = "SYT", "STC"
    now[copier].write_bytes(dated_anew(now[owner], now[copier], 0.02, random.Random(1)))
    found = asked(collected(home, 2025))
    assert {code for code, rules in found.items() if rules} <= {owner, copier}
    assert OTHER_BODY in found[owner] | found[copier]
